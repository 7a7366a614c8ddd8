/** What a phone that is lent gives back, as long as nobody says otherwise. */
export const RELIEVES = ['calls', 'data', 'apps'] as const;
