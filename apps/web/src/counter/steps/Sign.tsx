import { Link } from '@tanstack/react-router';
import { askOf, benefitText, FAULT_WORDS, OUTCOME_WORDS, type IntakeGate, type Language } from '#contracts';
import { InLanguage } from '../../i18n/InLanguage.js';
import { moment } from '../../i18n/moments.js';
import { useWords } from '../../i18n/Words.js';
import { isRefused } from '../keep/refusal.js';
import { useField, useGates, useKeeper, useSnapshot, useValues } from '../keep/useIntake.js';
import { useWho } from '../keep/useWho.js';
import pieces from '../pieces/Pieces.module.css';
import { Seg } from '../pieces/Seg.js';
import { Signature } from '../pieces/Signature.js';
import { Toggles } from '../pieces/Toggles.js';
import { Waiver } from '../pieces/Waiver.js';
import { stepOfPath } from '../steps.rules.js';
import { Gifts } from './Gifts.js';
import { NextWord } from './NextWord.js';
import { ReturnDay } from './ReturnDay.js';
import { SignedTerms, useSignedTerms } from './SignedTerms.js';
import { StepTitle } from './StepTitle.js';
import { useConditionWords } from './useConditionWords.js';
import { useEntrusted } from './useEntrusted.js';
import { useGifts } from './useGifts.js';
import styles from '../Counter.module.css';

const RECEIPTS = ['print', 'twitter', 'email'] as const;

/** What was agreed, as whoever signs reads it. */
const Summary = ({ language, storeName }: { language: Language; storeName: string }) => {
  const { t, intl } = useWords();
  const values = useValues();
  const { name } = useWho();
  const lacks = values['listen.lacks'] ?? [];
  const fault = values['device.fault'];
  const outcome = values['decide.outcome'];
  const marks = values['device.condition']?.marks.length ?? 0;
  const out = values['keep.outcome'] === 'accepted' ? values['keep.conditionOut'] : undefined;
  const conditionWords = useConditionWords();
  const gifts = useGifts();
  const given = (gifts?.proposed ?? []).filter(({ id }) => gifts?.taken.some((one) => one.id === id));
  const giftText = ({ id, kind, values: said }: (typeof given)[number]) => {
    const what = benefitText(kind, said, language);
    return gifts?.waiting.has(id) ? t('summary.gift_waits', { what }) : what;
  };
  const by = values['device.stays'] === 'here' ? values['take.by'] : undefined;
  const { partner } = useEntrusted();
  const returnAt = values['device.stays'] === 'here' ? values['promise.returnAt'] : null;
  const rows: [string, string | null | undefined][] = [
    [t('receipt.customer'), name],
    [t('receipt.store'), storeName],
    [t('visit.model'), [values['device.modelName'], values['device.imei']].filter(Boolean).join(' · ')],
    [t('device.fault'), fault ? FAULT_WORDS[fault][language] : values['listen.text']],
    [t('device.condition'), values['device.condition'] ? t('summary.marks', { count: marks }) : null],
    [t('visit.lost'), lacks.length > 0 ? intl.formatList(lacks.map((kind) => t(`impact.${kind}`))) : null],
    [t('decide.outcome'), outcome && outcome !== 'later' ? OUTCOME_WORDS[outcome][language] : null],
    [t('decide.plain'), values['decide.plainWords']],
    [t('decide.next'), values['decide.nextStep']],
    [t('keep.decision'), values['keep.outcome'] ? t(`keep.${values['keep.outcome']}`) : null],
    [t('summary.loaner_out'), out ? conditionWords(out) : null],
    [t('gift.title'), given.map(giftText).join(' · ')],
    [t('take.by'), partner?.name ?? (by === 'store' ? storeName : by && t(`take.by.${by}`))],
    [t('handoff.ask'), partner ? askOf(values, partner.language) : null],
    [t('promise.return'), returnAt ? moment(intl, returnAt) : null],
    [t('receipt.next'), values['promise.nextUpdateAt'] ? moment(intl, values['promise.nextUpdateAt']) : null],
  ];
  return (
    <section className={styles.card} aria-label={t('summary.title')}>
      <h2 className={styles.sub}>{t('summary.title')}</h2>
      <dl className={styles.summary}>
        {rows.map(([term, words]) =>
          words ? (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{words}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <SignedTerms language={language} />
    </section>
  );
};

/** What is still missing or could not be saved as it stands, each with the way to it. */
const Missing = ({ gates }: { gates: readonly IntakeGate[] }) => {
  const { t } = useWords();
  const keeper = useKeeper();
  const { id } = keeper;
  const { intake, files } = useSnapshot(keeper);
  const pictures = [...new Set(files.filter(isRefused).map(({ path }) => stepOfPath(path)))];
  const refused = Object.entries(intake?.kept.unsaved ?? {}).filter(([, field]) => field.refused);
  const steps = [...new Set(refused.map(([path]) => stepOfPath(path)))];
  const { partner, look } = useEntrusted();
  const asked = look?.missing.map(({ title }) => title) ?? [];
  if (gates.length + steps.length + pictures.length + asked.length === 0) return null;
  return (
    <section className={styles.missing} aria-label={t('missing.title')}>
      <b>{t('missing.title')}</b>
      <ul>
        {gates.map(({ code, step }) => (
          <li key={code}>
            <Link to="/visit/$id" params={{ id }} search={{ step }} replace>
              {t(`gate.${code}` as 'gate.who')}
            </Link>
          </li>
        ))}
        {asked.length > 0 ? (
          <li>
            <Link to="/visit/$id" params={{ id }} search={{ step: 'take' }} replace>
              {t('missing.partner', { partner: partner?.name ?? '', what: asked.join(', ') })}
            </Link>
          </li>
        ) : null}
        {steps.map((step) => (
          <li key={step}>
            <Link to="/visit/$id" params={{ id }} search={{ step }} replace>
              {t('missing.refused', { step: t(`counter.step.${step}`) })}
            </Link>
          </li>
        ))}
        {pictures.map((step) => (
          <li key={`picture ${step}`}>
            <Link to="/visit/$id" params={{ id }} search={{ step }} replace>
              {t('missing.picture', { step: t(`counter.step.${step}`) })}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** The last step: what was agreed in the language of whoever signs it, the next word, the signature, the receipt. */
export const Sign = ({ storeName, problem }: { storeName: string; problem: string | null }) => {
  const { t } = useWords();
  const keeper = useKeeper();
  const values = useValues();
  const { name, language } = useWho();
  const [receipts, writeReceipts] = useField('receipt.by');
  const elsewhere = useGates().filter(({ step }) => step !== 'sign');
  const isOver = values['back.confirmed'] === true;
  const isReadable = useSignedTerms().every(({ terms }) => terms !== undefined);
  return (
    <>
      <StepTitle title={t('sign.title')} lead={t('sign.lead', { name: name ?? t('counter.somebody') })} />
      <Missing gates={elsewhere} />
      <Gifts />
      <Seg
        legend={t('sign.language')}
        value={language}
        choices={(['es', 'en'] as const).map((value) => ({ value, words: t(`language.${value}`) }))}
        onChange={(value) => keeper.write('sign.language', value)}
      />
      <InLanguage language={language}>
        <Summary language={language} storeName={storeName} />
      </InLanguage>
      {values['device.stays'] === 'here' ? <ReturnDay /> : null}
      <NextWord asked={!isOver} />
      <section className={styles.stack}>
        <h2 className={pieces.label}>{t('sign.signature')}</h2>
        {values.waivers?.signature === undefined ? (
          isReadable || values['sign.signatureId'] ? (
            <Signature name={name ?? t('counter.somebody')} />
          ) : (
            <p>{t('sign.terms.first')}</p>
          )
        ) : null}
        <Waiver
          gate="signature"
          what={t('sign.signature')}
          reasons={[t('waiver.why.on_paper'), t('waiver.why.cannot_sign')]}
        />
      </section>
      <Toggles
        legend={t('receipt.by')}
        values={receipts ?? []}
        choices={RECEIPTS.map((value) => ({ value, words: t(`receipt.by.${value}`) }))}
        onChange={writeReceipts}
      />
      <p className={styles.problem} role="alert">
        {problem}
      </p>
    </>
  );
};
