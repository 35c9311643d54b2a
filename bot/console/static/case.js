// The suggestion goes into the answer with one tap; what is being written survives a reload in this tab.
const answerForm = document.getElementById("answer-form");
const useSuggestion = document.getElementById("use-suggestion");
const done = document.querySelector("[data-drop-draft]");

if (done) {
  sessionStorage.removeItem(done.dataset.dropDraft);
}

if (answerForm) {
  const text = answerForm.elements.namedItem("text");
  const key = answerForm.dataset.draft;
  const keep = () => sessionStorage.setItem(key, text.value);
  if (!text.value) {
    text.value = sessionStorage.getItem(key) || "";
  }
  text.addEventListener("input", keep);
  if (useSuggestion) {
    useSuggestion.hidden = false;
    useSuggestion.addEventListener("click", () => {
      const suggestion = document.getElementById("suggestion").textContent.trim();
      const written = text.value.trim();
      text.value = written ? `${written}\n\n${suggestion}` : suggestion;
      keep();
      text.focus();
      text.setSelectionRange(written.length, written.length);
      text.scrollTop = written ? text.scrollHeight : 0;
      text.scrollIntoView({ block: "center" });
    });
  }
}
