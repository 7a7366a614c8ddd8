import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { NotificationGroup } from '#contracts';
import { useTimeZone } from '../app/session.js';
import { useLanguage } from '../i18n/Words.js';
import { freshOf, idsOf, shownOf } from './desktop.rules.js';
import { newestQuery, preferencesQuery } from './notificationRequests.js';

/** Whether this browser shows what it is given, asked or not. */
export const desktopAllowed = (): boolean => 'Notification' in window && Notification.permission === 'granted';

/** Tells by the desktop what came while somebody looks at something else; never asks whether it may. */
export const useDesktop = (): void => {
  const preferences = useQuery(preferencesQuery).data;
  const wanted = preferences?.desktop === true && desktopAllowed();
  const newest = useQuery({ ...newestQuery, enabled: wanted }).data;
  const { language } = useLanguage();
  const timeZone = useTimeZone();
  const navigate = useNavigate();
  const known = useRef<ReadonlySet<string> | null>(null);
  const shown = useRef(new Map<string, Notification>());

  const show = (group: NotificationGroup, now: Date) => {
    const { title, body } = shownOf(group, language, { timeZone, now });
    const told = new Notification(title, { body, tag: group.key, lang: language, icon: '/hilo.svg' });
    told.onclick = () => {
      window.focus();
      told.close();
      void navigate(
        group.case
          ? { to: '/cases/$reference', params: { reference: group.case.reference } }
          : { to: '/inbox', search: { view: 'mine' } },
      );
    };
    shown.current.set(group.key, told);
  };
  const look = useEffectEvent((groups: NotificationGroup[]) => {
    const before = known.current;
    known.current = idsOf(groups);
    for (const { key, unread } of groups) {
      if (unread > 0) continue;
      shown.current.get(key)?.close();
      shown.current.delete(key);
    }
    // What was there before this page was opened is in the list.
    if (!before || !preferences || document.visibilityState === 'visible') return;
    const now = new Date();
    for (const group of freshOf(groups, before, preferences, now)) show(group, now);
  });
  const groups = newest?.items;
  useEffect(() => {
    if (wanted && groups) look(groups);
  }, [wanted, groups]);
};
