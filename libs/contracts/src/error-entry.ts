/** What an error thrown on purpose answers: HTTP status, and the words a person reads. */
export interface ErrorEntry {
  status: number;
  es: string;
  en: string;
}
