const READ = 'hilo.returned-read';

/** What became of the cases of an absence was shown on this machine. @param since when it began */
export const returnRead = (since: string): void => localStorage.setItem(READ, since);
export const isReturnRead = (since: string): boolean => localStorage.getItem(READ) === since;
