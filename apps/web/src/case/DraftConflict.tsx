import { Button } from '@mantine/core';
import { useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import type { ComposerTab } from './drafts.js';
import { dropOther, takeOther, useOtherDraft } from './draftSync.js';
import styles from '../presence/Present.module.css';

/** The same draft was written on in two places: the newer one stands in the box, the other one is here and not lost. */
export const DraftConflict = ({ caseId, tab }: { caseId: string; tab: ComposerTab }) => {
  const { t, intl } = useWords();
  const other = useOtherDraft(caseId, tab);
  return (
    <div role="status">
      {other ? (
        <section className={styles.conflict} aria-label={t('draft.other')}>
          <div>
            <b>{t(other.mine ? 'draft.other.mine' : 'draft.other.theirs')}</b>{' '}
            <small>{moment(intl, new Date(other.at).toISOString())}</small>
            <blockquote>{other.draft.text}</blockquote>
          </div>
          <div className={styles.deeds}>
            <Button size="xs" onClick={() => takeOther(caseId, tab)}>
              {t('draft.other.take')}
            </Button>
            <Button size="xs" variant="subtle" color="gray" onClick={() => dropOther(caseId, tab)}>
              {t('draft.other.drop')}
            </Button>
          </div>
        </section>
      ) : null}
    </div>
  );
};
