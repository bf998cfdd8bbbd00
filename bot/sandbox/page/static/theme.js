/* Before anything is drawn: the theme that was chosen here before. */
(() => {
  const KEY = "stand-in-theme";
  const read = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  const show = (theme) => {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  };
  show(read());
  globalThis.theme = {
    isDark: () =>
      (document.documentElement.dataset.theme ??
        (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark",
    toggle() {
      const next = globalThis.theme.isDark() ? "light" : "dark";
      show(next);
      try {
        localStorage.setItem(KEY, next);
      } catch {
        /* it lasts until the page is closed */
      }
    },
  };
})();
