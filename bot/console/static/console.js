// A second tap on a button must not send a form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "yes";
  // A download or a slow network leaves the page as it is: the button comes back after a while.
  setTimeout(() => delete form.dataset.sending, 8000);
});

// A page brought back by the back button has its buttons again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sending]").forEach((form) => delete form.dataset.sending);
});
