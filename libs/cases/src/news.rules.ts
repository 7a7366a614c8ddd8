/** What is written with a link, as it is said: without the sentence that leads to it. */
export const withoutLink = (text: string): string => text.replace(/\s*[^.!?]*:\s*$/u, '').trim() || text.trim();
