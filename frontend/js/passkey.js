// Says on the page when a passkey was not used; otherwise only the browser's console would know.
export function watchPasskeys() {
  document.addEventListener("allauth.error", (event) => {
    const problem = document.getElementById("passkey-problem");
    if (!problem) return;
    event.preventDefault();
    problem.hidden = false;
  });
}
