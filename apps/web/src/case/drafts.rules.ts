/**
 * What becomes of two versions of one draft, the one here and the one on the server: whose stands in the box, and whether the
 * other is shown beside it.
 */
type Meeting = 'same' | 'mine' | 'mine_shown' | 'theirs' | 'theirs_shown';

/**
 * The newer one stands, unless one is all of the other and more, or says nothing.
 * @param mine `at`: when it was changed last, in ms
 * @param theirs null: sent or thrown away elsewhere, so what is still written here is new
 */
export function meeting(mine: { text: string; at?: number }, theirs: { text: string; at: number } | null): Meeting {
  if (!theirs) return 'mine';
  const [here, there] = [mine.text.trim(), theirs.text.trim()];
  if (here === there) return 'same';
  const newer = (mine.at ?? 0) >= theirs.at;
  if (there === '' || here.includes(there)) return newer || there !== '' ? 'mine' : 'theirs_shown';
  if (here === '') return newer ? 'mine_shown' : 'theirs';
  if (there.includes(here)) return 'theirs';
  return newer ? 'mine_shown' : 'theirs_shown';
}
