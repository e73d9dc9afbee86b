"""Pages of an order: typing it with a preview, signing it, reading it, withdrawing it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import RefusedError
from mooring.clinic.alone.instead import alone
from mooring.clinic.courses import actions, orders, repeating
from mooring.clinic.courses import sheet as sheets
from mooring.clinic.courses.forms import ReasonForm, SecondForm, SoftForm, put_refusal
from mooring.clinic.courses.holds import order_holds, screened_for
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.courses.order_forms import OrderForm, order_form
from mooring.clinic.courses.running import while_running
from mooring.clinic.courses.second import SecondPerson, confirm
from mooring.clinic.courses.sheet import Draft
from mooring.clinic.courses.views import course_or_404
from mooring.clinic.courses.ways import USUAL, way, ways
from mooring.clinic.doors import allow
from mooring.clinic.permissions import allowed
from mooring.clinic.screening.glance import glance
from mooring.clinic.sessions.given import doses_given
from mooring.clinic.web import actor, now
from mooring.core.drugs.weight import Weight


@allow("order.sign")
@sensitive_post_parameters("second_password")
@require_http_methods(["GET", "POST"])
def order_new(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """Type an order, read it, sign it. What is signed is what was read, or nothing is."""
    course, moment = course_or_404(course_id), now()
    repeats = repeated(request, course)
    form = form_of(request, repeats)
    facts = {**typed(course, form, moment), "form": form, **beside(course, form, repeats)}
    asked = asked_of(request, facts["draft"])
    looks_only = "look" in request.POST or facts["draft"] is None
    if not looks_only and all(part.is_valid() or not part.is_bound for part in asked.values()):
        try:
            return after_signing(request, signed(request, facts, asked, moment))
        except RefusedError as refused:
            put_refusal(part_of(refused, form, asked), refused)
    status = 422 if form.errors or any(part.errors for part in asked.values()) else 200
    return render(request, "courses/order_new.html", {**facts, **asked}, status=status)


def after_signing(request: HttpRequest, made: Order) -> HttpResponse:
    """To the signed order, or straight on to a session under it."""
    if request.POST.get("then") == "schedule":
        return redirect(f"{reverse('session_new', args=[made.course_id])}?order={made.pk}")
    return redirect("order", made.pk)


@allow("order.sign")
@require_POST
def order_preview(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """The order as typed so far, read back. Nothing is kept."""
    course = course_or_404(course_id)
    return render(request, "courses/preview.html", typed(course, form_of(request), now()))


@allow("course.view")
@require_safe
def order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """A signed order, as it prints."""
    shown, moment = order_or_404(order_id), now()
    policies = orders.policies_of(shown)
    facts = {
        "order": shown,
        "course": shown.course,
        "patient": shown.course.patient,
        "sheet": sheets.sheet(shown.as_written, orders.concentration(shown), policies),
        "policies": policies,
        "setting": orders.setting(shown.course, shown.group_of),
        "counted": any(each.counts_earlier_doses for each in policies),
        "holds": orders.use_holds(shown, clinic_day(moment)),
        "audit": orders.signing(shown),
        "repeat_query": repeating.query(shown),
        "may_schedule": allowed(actor(request).roles, "session.schedule"),
        "printed_at": moment,
        "glance": glance(shown.course.patient, clinic_day(moment)),
    }
    return render(request, "courses/order.html", facts)


@allow("order.withdraw")
@require_http_methods(["GET", "POST"])
def order_withdraw(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Take an order back, with the reason."""
    shown = order_or_404(order_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_order(actor(request), order=shown, now=now(), **form.cleaned_data)
            return redirect("order", shown.pk)
        except RefusedError as refused:
            put_refusal(form, refused)
    facts = {
        "order": shown,
        "patient": shown.course.patient,
        "form": form,
        "sentence": shown.as_written.sentence(),
    }
    return render(request, "courses/withdraw.html", facts, status=422 if form.errors else 200)


def order_or_404(order_id: UUID) -> Order:
    """The order with its course, patient and signatures."""
    rows = Order.objects.select_related("course__patient", "signed_by", "second_person")
    return get_object_or_404(rows, pk=order_id)


def repeated(request: HttpRequest, course: Course) -> Order | None:
    """The order that the address asks to write again; none of another patient's."""
    named = request.GET.get("repeat", "")
    return repeating.order_of(course.patient, named) if request.method == "GET" else None


def beside(course: Course, form: OrderForm, repeats: Order | None) -> dict[str, Any]:
    """What is offered for a form that nobody has filled in: the last order by this route."""
    fresh = not form.is_bound and not form.prefilled
    last = repeating.last_order(course.patient, form.way) if fresh else None
    return {"repeats": repeats, "last": last, "last_query": repeating.query(last) if last else ""}


def form_of(request: HttpRequest, repeats: Order | None = None) -> OrderForm:
    """The form of the drug and route that the address or the form names; the usual without one.

    An address may fill in the form's own fields: another page's proposal, or an order that is
    written again, for a person to check.
    """
    if repeats is not None:
        return order_form(repeating.way_of(repeats), None, repeating.fields(repeats))
    name = request.POST.get("way") or request.GET.get("way") or USUAL.id
    chosen = way(name)
    if chosen is None:
        raise Http404("No product is made for this drug by this route.")
    return order_form(chosen, request.POST or None, request.GET.dict())


def typed(course: Course, form: OrderForm, moment: datetime) -> dict[str, Any]:
    """What the page shows beside the form: the weight, and the draft once it is complete."""
    patient, weight = course.patient, orders.weight_of(course.patient)
    today = clinic_day(moment)
    complete = form.is_bound and form.is_valid()
    draft = drafted(form, weight, course, moment) if complete else None
    standing = orders.standing(course, today)
    return {
        "course": course,
        "patient": patient,
        "way": form.way,
        "ways": ways(),
        "weight": weight,
        "weight_holds": None if weight is None else weight.holds(today),
        "doubts": orders.weight_doubts(patient),
        "draft": draft,
        "read": read_of(draft, standing),
        "still": [] if complete or not form.is_bound else still_open(form),
        "standing": standing,
        "glance": glance(patient, today),
        "order_holds": [
            *order_holds(course, moment),
            *screened_for.holds(course, form.way.drug.value, form.way.route.value),
        ],
    }


def drafted(form: OrderForm, weight: Weight | None, course: Course, moment: datetime) -> Draft:
    """The typed order with what the bounds say against it, earlier doses counted."""
    before, doubts = doses_given(course.patient, moment), orders.weight_doubts(course.patient)
    order, setting = form.order(weight), orders.setting(course, form.members())
    beside, today = while_running(course.patient, moment), clinic_day(moment)
    return sheets.draft(order, form.line(), today, before, doubts, setting, beside)


def still_open(form: OrderForm) -> list[tuple[str, str]]:
    """The fields that are not usable yet, with what would be right."""
    return [(str(form[name].label), str(errors[0])) for name, errors in form.errors.items()]


def asked_of(request: HttpRequest, draft: Draft | None) -> dict[str, Form]:
    """What the findings ask for, to be checked where they ask for it, else as typed."""
    signs = draft is not None and "look" not in request.POST
    as_typed = request.POST.dict()
    return {
        "second": SecondForm(request.POST)
        if draft and signs and draft.needs_second
        else SecondForm(initial=as_typed),
        "soft": SoftForm(request.POST)
        if draft and signs and draft.needs_reason
        else SoftForm(initial=as_typed),
    }


def part_of(refused: RefusedError, form: OrderForm, asked: dict[str, Form]) -> Form:
    """The form that has the field which a refusal names; the order's where none has."""
    return next((part for part in asked.values() if refused.field in part.fields), form)


def read_of(draft: Draft | None, standing: list[Order]) -> str:
    """What a person has read who signs: the order, what stands against it and beside it."""
    beside = " ".join(str(each.pk) for each in standing)
    return "" if draft is None else f"{draft.read} | {beside}"


def signed(
    request: HttpRequest, facts: dict[str, Any], asked: dict[str, Form], moment: datetime
) -> Order:
    """Sign the typed order. Refused when what is on the page is not what was read there."""
    if request.POST.get("read") != facts["read"]:
        raise RefusedError("Read the order as it stands here now, then sign it.")
    draft: Draft = facts["draft"]
    second, soft = asked["second"], asked["soft"]
    return actions.sign_order(
        actor(request),
        course=facts["course"],
        order=draft.order,
        concentration=facts["form"].line(),
        group_of=facts["form"].members(),
        standing=[each.pk for each in facts["standing"]],
        reason=soft.cleaned_data["reason"] if soft.is_bound else "",
        second=confirmed(request, second) if second.is_bound else None,
        now=moment,
    )


def confirmed(request: HttpRequest, second: Form) -> SecondPerson:
    """The second person with their reason, once their password was checked."""
    given = second.cleaned_data
    if given["second_username"] == request.user.get_username():
        return alone(request, given["second_password"], given["second_reason"])
    user = confirm(request, given["second_username"], given["second_password"])
    return SecondPerson(user, given["second_reason"])
