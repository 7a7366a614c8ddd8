import { Button } from '@mantine/core';
import { SHARE_FIELD_WORDS, ShareField, type Partner } from '#contracts';
import { useLanguage, useWords, type Key } from '../i18n/Words.js';
import { whole } from '../i18n/moments.js';
import type { Clash } from './draftOver.rules.js';
import { TARGETS, URGENCIES, type PartnerDraft } from './partner.rules.js';
import styles from './Partners.module.css';

const PARTS: Record<keyof PartnerDraft, Key> = {
  ...{ name: 'partner.name', kind: 'partner.kind', language: 'partner.language', timeZone: 'partner.time_zone' },
  ...{ active: 'partner.active', gateway: 'partner.gateway', email: 'partner.email', senders: 'partner.senders' },
  ...{ postalAddress: 'partner.postal_address', peer: 'partner.peer', discount: 'partner.discount' },
  ...{ agreement: 'partner.agreement', brands: 'partner.brands', text: 'partner.text', targets: 'partner.targets' },
  ...{ retention: 'partner.retention', expires: 'partner.expires', calendar: 'partner.calendar' },
  ...{ ladder: 'partner.ladder', share: 'partner.tab.shared', form: 'partner.tab.form' },
};

interface Props {
  partner: Partner;
  draft: PartnerDraft;
  clashes: Clash[];
  onKeep: () => void;
  onDrop: () => void;
}

/** What a clash is about, as the form calls it. */
const useClashText = ({ partner, draft }: Pick<Props, 'partner' | 'draft'>) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const detailOf = ({ part, of }: Clash): string | undefined => {
    const told = ShareField.safeParse(of).data;
    if (part === 'share' && told) return SHARE_FIELD_WORDS[told][language];
    if (part === 'form') return [...draft.form, ...partner.terms.form].find(({ key }) => key === of)?.title[language];
    const priority = URGENCIES.find((each) => of?.startsWith(each));
    const target = TARGETS.find((each) => of?.endsWith(each));
    return priority && target && `${t(`priority.${priority}`)}, ${t(`partner.target.${target}`)}`;
  };
  return (clash: Clash): string => {
    const detail = detailOf(clash);
    return detail ? `${t(PARTS[clash.part])} (${detail})` : t(PARTS[clash.part]);
  };
};

/** Somebody saved it while this was typed: nothing of either is lost until one says what becomes of it, nor undone unseen. */
export const NewerVersion = ({ partner, draft, clashes, onKeep, onDrop }: Props) => {
  const { t, intl } = useWords();
  const clashText = useClashText({ partner, draft });
  const { version, changedAt, changedBy } = partner;
  const said = { version, at: whole(intl, changedAt), who: changedBy?.displayName ?? 'none' };
  return (
    <div className={styles.newer} role="status">
      <span>
        {t('partner.newer', said)}
        {clashes.length > 0 ? <b>{t('partner.newer.clashes', { list: clashes.map(clashText).join(' · ') })}</b> : null}
      </span>
      <Button size="xs" onClick={onKeep}>
        {t('partner.newer.keep')}
      </Button>
      <Button size="xs" variant="subtle" color="gray" onClick={onDrop}>
        {t('partner.newer.drop')}
      </Button>
    </div>
  );
};
