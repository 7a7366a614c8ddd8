import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { MapPin } from 'lucide-react';
import { useMemo } from 'react';
import { bareRedirect } from '#contracts';
import { storesQuery } from '../api/queries.js';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { openOwnershipDialog } from './ownershipDialogs.js';
import styles from '../story/Hint.module.css';

/** Somebody is about to send a customer to a store with an address and no more. */
export const BareAddressHint = ({ text }: { text: string }) => {
  const { t } = useWords();
  const may = useMay();
  const stores = useQuery({ ...storesQuery, enabled: text.length > 10 }).data?.items;
  const missing = useMemo(() => bareRedirect(text, stores ?? []), [text, stores]);
  if (!missing || !may('redirect.send')) return null;
  return (
    <div className={styles.hint} role="status" aria-label={t('bare.label')}>
      <MapPin size={16} aria-hidden />
      <span>{t('bare.lead', { missing: missing.join('_') })}</span>
      <Button size="xs" onClick={() => openOwnershipDialog({ name: 'redirect' })}>
        {t('bare.make')}
      </Button>
    </div>
  );
};
