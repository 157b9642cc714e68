/** The page that says that a page is not there, made without the network: it stands by itself. */

const ESCAPED: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => ESCAPED[letter] as string);

export function note(root: URL): Response {
  const link = (path: string, text: string) =>
    `<a href="${escaped(new URL(path, root).href)}">${text}</a>`;
  return new Response(
    `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><title>Not available offline</title>
<style>:root { color-scheme: light dark } body { font: 1.125rem/1.6 system-ui, sans-serif;
max-width: 58ch; margin: 15vh auto; padding: 0 16px } h1 { font-size: 1.75rem; font-weight: 600 }
a { color: inherit }</style></head>
<body><main><h1>This page is not available offline</h1>
<p>You have no connection, and this browser has not kept the page: it keeps the pages that you have visited.
Once you are connected again, ${link("book/your-reading.html", "Your reading")} can keep the whole book.</p>
<p>${link("book/index.html", "To the first page of the book")}</p></main></body></html>
`,
    { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } },
  );
}
