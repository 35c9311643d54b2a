// Checks the entry while it is typed: what saving would say, and the text behind each citation.
const form = document.getElementById("entry-form");
const result = document.getElementById("check-result");
const basis = document.getElementById("check-basis");
const touched = new Set(); // Nobody is told off for a field they have not come to yet.
let timer = 0;
let latest = 0;

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className || "";
  return made;
}

function show({ faults, basis: texts }) {
  form.querySelectorAll(".is-invalid").forEach((field) => field.classList.remove("is-invalid"));
  if (faults.length === 0) {
    result.replaceChildren(element("p", "检查通过，可以保存。", "alert alert-success mb-2"));
  } else {
    const list = element("ul", "", "mb-2 ps-3");
    for (const fault of faults) {
      list.append(element("li", fault.words));
      if (touched.has(fault.field)) {
        document.getElementById(fault.field)?.classList.add("is-invalid");
      }
    }
    result.replaceChildren(element("p", `还有 ${faults.length} 处要改：`, "mb-1"), list);
  }
  basis.replaceChildren(
    ...texts.map((text) => {
      const details = document.createElement("details");
      details.append(element("summary", text.title), element("div", text.text, "said"));
      return details;
    }),
  );
}

async function check() {
  const number = ++latest;
  const answer = await fetch(form.dataset.check, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content },
    redirect: "error",
  }).catch(() => null);
  if (number !== latest) {
    return; // Something was typed meanwhile; its own check is under way.
  }
  if (answer && answer.ok) {
    show(await answer.json());
  } else {
    result.replaceChildren(element("p", "暂时检查不了。保存时会再检查一遍。", "text-body-secondary mb-0"));
  }
}

form.addEventListener("input", (event) => {
  touched.add(event.target.id);
  clearTimeout(timer);
  timer = setTimeout(check, 600);
});
if ("checkNow" in form.dataset) {
  check();
}
