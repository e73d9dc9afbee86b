from django.urls import path

from mooring.clinic.handbook import (
    chapter_views,
    draft_views,
    export_views,
    remark_views,
    review_views,
    search_views,
    source_views,
    views,
)

urlpatterns = [
    path("", views.handbook, name="handbook"),
    path("read/<slug:chapter_id>/", chapter_views.chapter, name="chapter"),
    path("read/<slug:chapter_id>/remarks/", remark_views.chapter_remarks, name="chapter_remarks"),
    path("whole/", remark_views.handbook_remarks, name="handbook_remarks"),
    path("passages/<str:passage_id>/", remark_views.passage, name="passage"),
    path("passages/<str:passage_id>/edit/", draft_views.passage_edit, name="passage_edit"),
    path("drafts/<uuid:draft_id>/", draft_views.draft, name="handbook_draft"),
    path("changes/", chapter_views.handbook_changes, name="handbook_changes"),
    path("remarks/", review_views.remarks, name="remarks"),
    path("remarks/<uuid:remark_id>/", review_views.remark, name="remark"),
    path("search/", search_views.search, name="handbook_search"),
    path("sources/", source_views.sources, name="sources"),
    path("sources/<str:source_id>/", source_views.source, name="source"),
    path("evidence.<slug:form>", export_views.evidence_file, name="evidence_file"),
    path("claims/<str:claim_id>/", views.claim, name="claim"),
    path("disagreements/<str:disagreement_id>/", views.disagreement, name="disagreement"),
    path("policies/<slug:kind>/<slug:name>/", views.policy, name="policy"),
    path("policies/<slug:kind>/<slug:name>/v<int:version>/", views.policy, name="policy_version"),
]
