import { Button } from '@mantine/core';
import { useState } from 'react';
import { amountText, benefitText, isBenefitOver, type Benefit } from '#contracts';
import { useMay, useUser } from '../app/session.js';
import { day } from '../i18n/moments.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { DecideDialog, type Decision } from './DecideDialog.js';
import { showCode } from './goodwillRequests.js';
import { useGoodwillDeed } from './useGoodwillDeed.js';
import styles from './Goodwill.module.css';

/** What it comes to by now, or what it is worth. */
const Amount = ({ benefit }: { benefit: Benefit }) => {
  const { language } = useLanguage();
  const { accruedCents, currency, kind } = benefit;
  if (kind !== 'fee_discount' || accruedCents === null) return null;
  return <span className={styles.amount}>{amountText(accruedCents, currency, language)}</span>;
};

/** Who decided or asked, and why; nothing of it is hidden from the next. */
const Why = ({ benefit }: { benefit: Benefit }) => {
  const { t, intl } = useWords();
  const { rule, askedBy, decidedBy, decisionReason, reason, needs, state, refusedBy, days, from, expiresAt } = benefit;
  const parts = [
    t(`benefit.state.${state}`),
    rule && state === 'proposed' ? t('benefit.by_rule', { rule: rule.name }) : null,
    state === 'proposed' && askedBy
      ? t('benefit.asked', {
          name: askedBy.displayName,
          needs: needs.map((one) => t(`benefit.needs.${one}`)).join(', '),
        })
      : null,
    refusedBy ? t(`benefit.refused.${refusedBy}`, { reason: decisionReason ?? '' }) : null,
    decidedBy && state !== 'refused' ? decidedBy.displayName : null,
    from && days !== null ? t('benefit.days', { days, from: day(intl, `${from}T12:00:00Z`) }) : null,
    expiresAt && state === 'issued' ? t('benefit.until', { day: day(intl, expiresAt) }) : null,
    reason && state !== 'refused' ? reason : null,
  ];
  return <span className={styles.why}>{parts.filter(Boolean).join(' · ')}</span>;
};

/** Whether the customer has been written the code; where not, somebody has to say it. */
const CodeWay = ({ benefit: { codeWay, codeEnds } }: { benefit: Benefit }) => {
  const { t } = useWords();
  const state = codeWay && (codeWay.state === 'sent' || codeWay.state === 'failed' ? codeWay.state : 'pending');
  if (!codeWay || !state) return <strong className={styles.tell}>{t('benefit.code.unsent')}</strong>;
  const words = t(`benefit.code.sent.${state}`, { channel: t(`channel.${codeWay.channel}`), ends: codeEnds ?? '' });
  return state === 'failed' ? (
    <strong className={styles.tell}>{words}</strong>
  ) : (
    <span className={styles.why}>{words}</span>
  );
};

const Code = ({ benefit }: { benefit: Benefit }) => {
  const { t } = useWords();
  const { run, busy } = useGoodwillDeed();
  const [code, setCode] = useState<string | null>(null);
  if (code) return <output className={styles.code}>{code}</output>;
  if (benefit.codeShown)
    return <span className={styles.why}>{t('benefit.code.shown', { ends: benefit.codeEnds ?? '' })}</span>;
  const show = async () => setCode((await run(() => showCode(benefit.id), false))?.code ?? null);
  return (
    <Button size="xs" loading={busy} onClick={() => void show()}>
      {t('benefit.code.show')}
    </Button>
  );
};

/** What can be done about one: taken up, refused, ended. */
const Deeds = ({ benefit, onDecide }: { benefit: Benefit; onDecide: (decision: Decision) => void }) => {
  const { t } = useWords();
  const may = useMay();
  const me = useUser();
  const { state, askedBy } = benefit;
  if (!may('goodwill.give') || isBenefitOver(state)) return null;
  const decides = askedBy === null || (may('goodwill.approve') && askedBy.id !== me.id);
  const button = (decision: Decision, variant: 'filled' | 'default' = 'default') => (
    <Button size="xs" variant={variant} onClick={() => onDecide(decision)}>
      {t(`benefit.do.${decision}`)}
    </Button>
  );
  return (
    <div className={styles.deeds}>
      {state === 'proposed' && decides ? button('approve', 'filled') : null}
      {state === 'proposed' && decides ? button('refuse') : null}
      {state === 'proposed' && askedBy?.id === me.id ? button('take_back') : null}
      {state === 'active' ? button('stop') : null}
      {state === 'issued' && benefit.kind === 'voucher' ? (
        <>
          <CodeWay benefit={benefit} />
          <Code benefit={benefit} />
        </>
      ) : null}
    </div>
  );
};

/** One thing somebody was given, is offered or was refused. */
export const BenefitLine = ({ benefit, fee }: { benefit: Benefit; fee: number | null }) => {
  const { language } = useLanguage();
  const [decision, setDecision] = useState<Decision | null>(null);
  return (
    <li className={styles.benefit} data-state={benefit.state} data-over={isBenefitOver(benefit.state) || undefined}>
      <span className={styles.top}>
        <b>{benefitText(benefit.kind, benefit.values, language)}</b>
        <Amount benefit={benefit} />
      </span>
      <Why benefit={benefit} />
      <Deeds benefit={benefit} onDecide={setDecision} />
      {decision ? (
        <DecideDialog benefit={benefit} fee={fee} decision={decision} onClose={() => setDecision(null)} />
      ) : null}
    </li>
  );
};
