// Before the first paint: the scheme this person chose, else the one of the system. A file of its own, so that no inline script is needed.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('mantine-color-scheme-value');
  } catch (error) {
    console.warn('The chosen colour scheme cannot be read', error);
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();

// Schemas are read without compiling code: no page may, and merely trying is reported on the console as a fault.
globalThis.__zod_globalConfig = { jitless: true };
