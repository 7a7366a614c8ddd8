import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { HEALTH_REASONS, type Language } from '#contracts';
import { healthQuery } from '../api/queries.js';
import { useMay, useUser } from '../app/session.js';
import { useLanguage, useWords, type Translate } from '../i18n/Words.js';
import { signatureOf, troublesOf, type Trouble } from './health.rules.js';
import styles from './ChannelBanner.module.css';

const PREFIX = 'hilo.banner.';

export const reasonWords = (reason: string, language: Language): string =>
  Object.entries(HEALTH_REASONS).find(([code]) => code === reason)?.[1][language] ?? reason;

const isStep = (reason: string): reason is 'road.worker' | 'road.mail' | 'road.events' | 'road.delivery' =>
  ['road.worker', 'road.mail', 'road.events', 'road.delivery'].includes(reason);

const wordsOf = ({ channel, label, reason }: Trouble, language: Language, t: Translate): [string, string] => {
  if (isStep(reason)) return [t(`${reason}.bad`), ''];
  const who = channel === 'twitter' ? `X ${label}` : (label ?? '');
  return [who, reasonWords(reason, language)];
};

/** On every screen while a channel is broken: which, why, and where to do something about it. Put aside, it stays so until it changes. */
export const ChannelBanner = () => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { id } = useUser();
  const may = useMay();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const health = useQuery({ ...healthQuery, enabled: may('channel.read') }).data;
  const [aside, setAside] = useState(() => localStorage.getItem(PREFIX + id));
  const troubles = health ? troublesOf(health) : [];
  const signature = signatureOf(troubles);
  const [first, ...others] = troubles;
  // On the page of the channels it is said at length.
  const shown = first && signature !== aside && path.replace(/\/$/, '') !== '/channels';
  const putAside = () => {
    localStorage.setItem(PREFIX + id, signature);
    setAside(signature);
  };
  return (
    <div role="status" aria-label={t('banner.label')}>
      {shown ? (
        <div className={styles.banner}>
          <TriangleAlert size={16} aria-hidden />
          <p>
            <b>{wordsOf(first, language, t)[0]}</b> {wordsOf(first, language, t)[1]}{' '}
            {others.length > 0 ? <span>{t('banner.more', { count: others.length })}</span> : null}
          </p>
          <Link to="/channels">{t('banner.see')}</Link>
          <button type="button" onClick={putAside} aria-label={t('banner.dismiss')} title={t('banner.dismiss')}>
            <X size={16} />
          </button>
        </div>
      ) : null}
    </div>
  );
};
