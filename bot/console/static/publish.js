// Follows a publishing; the page is loaded anew when it has ended.
const place = document.getElementById("progress");
const bar = document.getElementById("bar");
const words = document.getElementById("progress-words");

const timer = setInterval(async () => {
  const answer = await fetch(place.dataset.url, { redirect: "error" }).catch(() => null);
  if (!answer || !answer.ok) {
    return;
  }
  const { state, done, total } = await answer.json();
  if (state !== "running") {
    clearInterval(timer);
    location.reload();
  } else if (total > 0) {
    bar.max = total;
    bar.value = done;
    words.textContent = `已处理 ${done} / ${total} 条文字`;
  }
}, 1000);
