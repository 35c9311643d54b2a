// Copies the link. Without a clipboard (http, old browsers) the text is selected, ready to be copied by hand.
const link = document.getElementById("link");
const copy = document.getElementById("copy");
const copied = document.getElementById("copied");

copy.hidden = false;
copy.addEventListener("click", async () => {
  link.select();
  try {
    await navigator.clipboard.writeText(link.value);
    copied.textContent = "已复制。";
  } catch {
    copied.textContent = "请长按上面的链接复制。";
  }
});
