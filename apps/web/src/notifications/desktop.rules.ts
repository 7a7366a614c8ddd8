import {
  firstNameOf,
  isQuiet,
  isUrgent,
  notificationSentence,
  type Language,
  type NotificationGroup,
  type NotificationPreferences,
} from '#contracts';

/** Ids of what was there when it was asked last. */
export const idsOf = (groups: readonly NotificationGroup[]): Set<string> =>
  new Set(groups.flatMap(({ items }) => items.map(({ id }) => id)));

/** What came since, is not read, and may be shown now. */
export function freshOf(
  groups: readonly NotificationGroup[],
  known: ReadonlySet<string>,
  preferences: NotificationPreferences,
  now: Date,
): NotificationGroup[] {
  const quiet = isQuiet(now, preferences.quiet);
  return groups.flatMap((group) => {
    const items = group.items.filter(
      (item) =>
        !known.has(item.id) &&
        item.readAt === null &&
        // What came to a whole store is told in the list alone.
        item.values.store === undefined &&
        (!quiet || isUrgent(item, preferences)),
    );
    return items.length > 0 ? [{ ...group, items }] : [];
  });
}

/** What stands on the desktop: the first name and what it is about. The newest of several says it. */
export const shownOf = (
  { case: about, items: [newest] }: NotificationGroup,
  language: Language,
  zone: { timeZone: string; now: Date },
): { title: string; body: string } => ({
  title: about ? firstNameOf(about.customerName) : 'Hilo',
  body: newest ? notificationSentence(newest, language, zone) : '',
});
