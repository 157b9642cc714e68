/** Where the book begins, under whatever address it stands. */
export const bookRoot = (): URL =>
  new URL(document.documentElement.dataset.content_root ?? "./", location.href.split(/[?#]/)[0]);
