/** Case references are read in one place, which the screens know too. */
export { parseReference } from '#contracts';
