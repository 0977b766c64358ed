/* Shows what needs passkeys where the browser knows them, and says so when one did not work. */
(() => {
  const failed = () => document.querySelector("[data-passkey-failed]");
  document.addEventListener("DOMContentLoaded", () => {
    if (!window.PublicKeyCredential) return;
    for (const form of document.querySelectorAll("[data-passkey]")) {
      form.hidden = false;
      form.addEventListener("click", () => {
        failed().hidden = true;
      });
    }
  });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    failed().hidden = false;
  });
})();
