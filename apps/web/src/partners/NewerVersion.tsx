import { Button } from '@mantine/core';
import type { Partner } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { whole } from '../i18n/moments.js';
import styles from './Partners.module.css';

/** Somebody saved it while this was typed: nothing of either is lost until one says what becomes of it. */
export const NewerVersion = (props: { partner: Partner; onKeep: () => void; onDrop: () => void }) => {
  const { t, intl } = useWords();
  const { version, changedAt, changedBy } = props.partner;
  const said = { version, at: whole(intl, changedAt), who: changedBy?.displayName ?? 'none' };
  return (
    <div className={styles.newer} role="status">
      <span>{t('partner.newer', said)}</span>
      <Button size="xs" onClick={props.onKeep}>
        {t('partner.newer.keep')}
      </Button>
      <Button size="xs" variant="subtle" color="gray" onClick={props.onDrop}>
        {t('partner.newer.drop')}
      </Button>
    </div>
  );
};
