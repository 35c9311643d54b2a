// Looks once a minute whether something new waits, while the list is in sight.
const news = document.getElementById("news");

setInterval(async () => {
  if (document.hidden) {
    return;
  }
  const answer = await fetch(news.dataset.url, { redirect: "error" }).catch(() => null);
  if (answer && answer.ok) {
    const { newest } = await answer.json();
    news.hidden = newest <= Number(news.dataset.newest);
  }
}, 60000);
