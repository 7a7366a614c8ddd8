import type { Language } from '#contracts';

/** How moments read on a customer's page: by the clock of the workspace, in words one would say. */

const LOCALES: Record<Language, string> = { es: 'es-ES', en: 'en-GB' };

export class Moments {
  private readonly clockOf: Intl.DateTimeFormat;
  private readonly dayOf: Intl.DateTimeFormat;
  private readonly longDayOf: Intl.DateTimeFormat;
  private readonly calendarOf: Intl.DateTimeFormat;

  constructor(
    private readonly language: Language,
    timeZone: string,
    private readonly now: Date,
  ) {
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(LOCALES[language], { timeZone, ...options });
    this.clockOf = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    this.dayOf = format({ weekday: 'long', day: 'numeric' });
    this.longDayOf = format({ weekday: 'long', day: 'numeric', month: 'long' });
    this.calendarOf = new Intl.DateTimeFormat('sv-SE', { timeZone });
  }

  /** Hoy, 11:05 · Lunes 16, 09:12 · Lunes 16 de marzo, 09:12 */
  moment(at: string | Date): string {
    return `${this.capital(this.day(at))}, ${this.clockOf.format(new Date(at))}`;
  }

  /** hoy, 11:05 · lunes 16, 09:12; Monday 16, 09:12, for days have a capital in English wherever they stand. */
  inSentence(at: string | Date): string {
    const [day, clock] = [this.day(at), this.clockOf.format(new Date(at))];
    return `${day}, ${clock}`;
  }

  /** 16 de diciembre */
  date(at: string | Date): string {
    return new Intl.DateTimeFormat(LOCALES[this.language], {
      timeZone: this.calendarOf.resolvedOptions().timeZone,
      day: 'numeric',
      month: 'long',
    }).format(new Date(at));
  }

  /** hoy antes de las 18:00 · antes del lunes 16, 18:00 */
  before(at: string | Date): string {
    const near = Math.abs(this.daysTo(at)) <= 1;
    const [day, clock] = [this.day(at), this.clockOf.format(new Date(at))];
    if (this.language === 'en') return near ? `${day} before ${clock}` : `before ${day}, ${clock}`;
    return near ? `${day} antes de las ${clock}` : `antes del ${day}, ${clock}`;
  }

  /** hasta … hoy, 18:00 · el lunes 16, 18:00 */
  upTo(at: string | Date): string {
    const text = this.inSentence(at);
    return this.language === 'es' && Math.abs(this.daysTo(at)) > 1 ? `el ${text}` : text;
  }

  /** 2 de abril de 2025, of a day as a form writes it: it has no clock and no zone. */
  writtenDay(day: string): string {
    const options = { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' } as const;
    return new Intl.DateTimeFormat(LOCALES[this.language], options).format(new Date(day));
  }

  private day(at: string | Date): string {
    const days = this.daysTo(at);
    if (Math.abs(days) <= 1)
      return new Intl.RelativeTimeFormat(LOCALES[this.language], { numeric: 'auto' }).format(days, 'day');
    const date = new Date(at);
    const text = Math.abs(days) < 7 ? this.dayOf.format(date) : this.longDayOf.format(date);
    return text.replace(',', '');
  }

  /** Calendar days from now: 0 is today. */
  private daysTo(at: string | Date): number {
    const day = (date: Date) => Date.parse(this.calendarOf.format(date));
    return Math.round((day(new Date(at)) - day(this.now)) / 86_400_000);
  }

  private capital(text: string): string {
    return text.charAt(0).toLocaleUpperCase(LOCALES[this.language]) + text.slice(1);
  }
}
