// What the browser brings along, by name.
export const { document, localStorage, navigator, matchMedia, EventSource, FormData, btoa, fetch } = globalThis;
