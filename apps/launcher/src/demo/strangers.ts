import type { EntityManager } from 'typeorm';
import type { IntakeService } from '#cases';
import { newId, type Config } from '#platform';

const MINUTE_MS = 60_000;

/** People of the day who write from where nobody knows them. What they say points to somebody, and is not enough. */
const STRANGERS = [
  {
    name: 'Mercedes Ibarra',
    email: 'mercedes.ibarra@otrocorreo.test',
    ago: 17,
    subject: 'La línea de mi marido',
    text: 'Buenas tardes:\n\nEscribo desde mi correo porque él no tiene datos. La línea es la 629 11 40 52 y sigue sin tono. ¿Para cuándo?\n\nMercedes',
  },
] as const;

/** Their mails, as they come in: a case of its own each, until somebody says who it is. */
export async function playStrangers(
  tx: EntityManager,
  services: { intake: IntakeService; config: Config; tell: (at: Date) => void },
  now: Date,
): Promise<void> {
  for (const { name, email, ago, subject, text } of STRANGERS) {
    const at = new Date(now.getTime() - ago * MINUTE_MS);
    services.tell(at);
    const id = newId();
    await services.intake.receive(tx, [
      {
        channel: 'email',
        externalId: `<${id}@otrocorreo.test>/0`,
        messageId: `<${id}@otrocorreo.test>`,
        displayName: name,
        subject,
        text,
        occurredAt: at.toISOString(),
        contact: { kind: 'email', value: email, handle: null, display: email },
        account: services.config.mail.address,
      },
    ]);
  }
}
