import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import type { Partner } from '#contracts';
import { Form } from '../app/Form.js';
import { LeaveGuard } from '../app/LeaveGuard.js';
import { notify } from '../app/notices.js';
import { Switch } from '../app/Page.js';
import { useDeed } from '../app/useDeed.js';
import { whole } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { AgreementFields } from './AgreementFields.js';
import { FormFields } from './FormFields.js';
import { Keys } from './Keys.js';
import { NewerVersion } from './NewerVersion.js';
import { bodyOf, gapsOf, TAB_OF } from './partner.rules.js';
import { isFormOf, PARTNER_TABS, type PartnerTab } from './tabs.js';
import { changePartner, partnersQuery } from './partnerRequests.js';
import type { PartProps } from './parts.js';
import { ReachFields } from './ReachFields.js';
import { ShareFields } from './ShareFields.js';
import styles from './Partners.module.css';
import { ScoreBlock } from './ScoreTable.js';
import { usePartnerDraft } from './usePartnerDraft.js';

const PARTS: Record<Exclude<PartnerTab, 'keys'>, (props: PartProps) => React.ReactNode> = {
  agreement: AgreementFields,
  shared: ShareFields,
  form: FormFields,
  reach: ReachFields,
};

const Head = ({ partner }: { partner: Partner }) => {
  const { t, intl } = useWords();
  const { version, changedAt, changedBy, open, kind, gateway, active } = partner;
  return (
    <header>
      <h2>{partner.name}</h2>
      <p className={styles.facts}>
        <span>{t(`partner.kind.${kind}`)}</span>
        <span>{t(`partner.gateway.${gateway}`)}</span>
        <span>{t('partner.open', { count: open })}</span>
        {active ? null : <b>{t('partner.inactive')}</b>}
      </p>
      <p className={styles.version}>
        {t('partner.version', { version, at: whole(intl, changedAt), who: changedBy?.displayName ?? 'none' })}
      </p>
    </header>
  );
};

/** One partner in its parts. Saved, it is another version: what was sent goes on by what was agreed then. */
export const PartnerForm = ({ partner, tab, edits }: { partner: Partner; tab: PartnerTab; edits: boolean }) => {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { draft, isChanged, clashes, version, change, begin, keep } = usePartnerDraft(partner);
  const { run, busy, problem, forget } = useDeed();
  const form = useRef<HTMLElement>(null);
  const gaps = isChanged ? gapsOf(draft) : [];
  const save = () =>
    run(async () => {
      const readAgain = () => client.invalidateQueries({ queryKey: partnersQuery.queryKey });
      begin(
        await changePartner(partner.id, { ...bodyOf(draft), version }).catch(async (error: unknown) => {
          // Somebody was faster: what they saved is shown beside what was typed.
          await readAgain();
          throw error;
        }),
      );
      notify(t('partner.saved'));
      await readAgain();
    });
  /** What becomes of what was typed is said: where the buttons for it were, one goes on. */
  const settle = (how: () => void) => {
    flushSync(() => {
      how();
      forget();
    });
    (form.current?.querySelector<HTMLElement>('[type=submit]:enabled') ?? form.current)?.focus({ preventScroll: true });
  };
  const tabs = PARTNER_TABS.filter((each) => each !== 'keys' || edits).map((value) => ({
    value,
    words: gaps.some((gap) => TAB_OF[gap] === value) ? `${t(`partner.tab.${value}`)} ·` : t(`partner.tab.${value}`),
  }));
  const Part = tab === 'keys' ? null : PARTS[tab];
  const told =
    gaps.length > 0 ? t('partner.gaps', { list: gaps.map((gap) => t(`partner.gap.${gap}`)).join(' · ') }) : null;
  return (
    <article className={styles.partner} aria-label={partner.name} ref={form} tabIndex={-1}>
      <LeaveGuard when={isChanged && edits} stays={isFormOf(partner.id)} />
      <Head partner={partner} />
      <ScoreBlock partnerId={partner.id} />
      <Switch
        label={t('partner.parts')}
        value={tab}
        options={tabs}
        onSwitch={(to) => void navigate({ to: '/partners', search: { id: partner.id, tab: to }, replace: true })}
      />
      {Part === null ? (
        <Keys partner={partner} />
      ) : edits ? (
        <Form
          deed={t('partner.save')}
          busy={busy}
          problem={clashes ? told : (problem ?? told)}
          disabled={!isChanged || clashes !== null || gaps.length > 0}
          onSubmit={save}
        >
          <Part {...{ partner, draft, edits, isChanged, change }} />
          {clashes ? (
            <NewerVersion
              {...{ partner, draft, clashes }}
              onKeep={() => settle(keep)}
              onDrop={() => settle(() => begin(partner))}
            />
          ) : null}
        </Form>
      ) : (
        <fieldset className={styles.read} disabled>
          <Part {...{ partner, draft, edits, isChanged, change }} />
        </fieldset>
      )}
    </article>
  );
};
