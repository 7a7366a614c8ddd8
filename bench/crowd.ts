import { PeopleService } from '#identity';
import { openDatabase } from '#platform';
import { addCases } from '../apps/launcher/src/demo/bulk.js';
import { withClient } from './server.js';

const PASSWORD = 'a password of the bench';
const EMAIL = 'agent1@bench.test';

/** People to log in as and to own cases: a third of the cases that are added belong to these four. */
export async function addPeople(url: string): Promise<void> {
  const database = await openDatabase({ url, pool: 2 });
  try {
    const people = new PeopleService();
    for (const n of [1, 2, 3, 4])
      await people.add(database.manager, {
        email: `agent${n}@bench.test`,
        displayName: `Agente ${n}`,
        password: PASSWORD,
        role: 'agent',
      });
  } finally {
    await database.destroy();
  }
}

/** So many more open cases, and the database as it would be after a night: vacuumed, its statistics fresh. */
export async function addCrowd(url: string, cases: number, say: (line: string) => void): Promise<void> {
  const database = await openDatabase({ url, pool: 2 });
  try {
    await addCases(database, cases, (done) => {
      if (done % 200_000 === 0 || done === cases) say(`  ${done} cases`);
    });
  } finally {
    await database.destroy();
  }
  await withClient(url, (client) => client.query('vacuum analyze'));
}

/** Logs in as a person who sees all cases. @returns the cookie as a request carries it */
export async function logIn(port: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (!answer.ok || !cookie) throw new Error(`no session: ${answer.status} ${await answer.text()}`);
  return cookie;
}
