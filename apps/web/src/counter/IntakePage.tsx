import { usePrefetchQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, Check } from 'lucide-react';
import { useLayoutEffect } from 'react';
import type { IntakeStep } from '#contracts';
import { Trouble } from '../app/Trouble.js';
import { useUser } from '../app/session.js';
import { partnersQuery } from '../handoff/handoffRequests.js';
import { InLanguage } from '../i18n/InLanguage.js';
import { useWords } from '../i18n/Words.js';
import { loanerSettingsQuery } from '../loaners/loanerRequests.js';
import { useSeat } from '../presence/desk.js';
import { Abandon } from './Abandon.js';
import { Clashes, Leftover } from './Clashes.js';
import { CounterHead, SaveState } from './CounterHead.js';
import { Done } from './Done.js';
import { keeperOf } from './keep/keeper.js';
import { IntakeHeld, useGates, useKeeper, useSnapshot, useValues } from './keep/useIntake.js';
import { useWho } from './keep/useWho.js';
import { StepList } from './StepList.js';
import { stepAfter, stepBefore, stepsOf } from './steps.rules.js';
import { Back } from './steps/Back.js';
import { Decide } from './steps/Decide.js';
import { DeviceStep } from './steps/DeviceStep.js';
import { Keep } from './steps/Keep.js';
import { Listen } from './steps/Listen.js';
import { LoanerBack } from './steps/LoanerBack.js';
import { Sign } from './steps/Sign.js';
import { Take } from './steps/Take.js';
import { Who } from './steps/Who.js';
import { counterTermsQuery } from './counterRequests.js';
import { useFinish } from './useFinish.js';
import styles from './Counter.module.css';

/** The page belongs to one intake; another one is another page. */
export const IntakePage = () => {
  const { id } = useParams({ from: '/inside/visit/$id' });
  const { id: writerId } = useUser();
  return (
    <IntakeHeld value={keeperOf(writerId, id)}>
      <Opened key={id} />
    </IntakeHeld>
  );
};

const Opened = () => {
  const { t } = useWords();
  const keeper = useKeeper();
  const { intake, failure, state, outcome } = useSnapshot(keeper);
  const { detail } = useWho();
  useSeat(detail?.id ?? null, 'at_counter');
  const over = state !== 'open';
  return (
    <div className={styles.page}>
      <CounterHead shop={<b>{intake?.storeName}</b>} since={over ? null : intake?.startedAt}>
        <SaveState />
      </CounterHead>
      {intake ? (
        over ? (
          <main className={styles.body}>
            <div className={styles.main}>
              <Leftover />
              {outcome ? <Done outcome={outcome} /> : <p className={styles.lead}>{t('counter.abandoned')}</p>}
            </div>
          </main>
        ) : (
          <Steps />
        )
      ) : failure ? (
        <Trouble what={t('counter.error')} error={failure} onRetry={() => void keeper.open()} />
      ) : (
        <p className={styles.main} role="status">
          {t('app.loading')}
        </p>
      )}
    </div>
  );
};

const Steps = () => {
  const { t } = useWords();
  const keeper = useKeeper();
  const navigate = useNavigate();
  const { intake } = useSnapshot(keeper);
  const values = useValues();
  const gates = useGates();
  const { step: asked } = useSearch({ from: '/inside/visit/$id' });
  const kind = intake?.kind ?? 'intake';
  const steps = stepsOf(kind);
  const step: IntakeStep = asked && steps.includes(asked) ? asked : (steps[0] ?? 'who');
  const { finish, busy, problem } = useFinish(keeper, gates);
  const next = stepAfter(kind, step, gates, values);
  const before = stepBefore(kind, step);
  const missing = gates.filter((gate) => gate.step === step).length;
  const go = (to: IntakeStep) => void navigate({ to: '/visit/$id', params: { id: keeper.id }, search: { step: to } });
  const onNext = () => (next ? go(next) : undefined);
  useLayoutEffect(() => {
    // Newer browsers answer with a promise, which is nothing an effect may return.
    void document.querySelector(`.${styles.page}`)?.scrollTo({ top: 0 });
  }, [step]);
  const storeName = intake?.storeName ?? '';
  const { language } = useWho();
  // Who takes phones, and what is signed for, is known before the network is gone behind the shelves.
  usePrefetchQuery(partnersQuery);
  usePrefetchQuery(counterTermsQuery);
  usePrefetchQuery(loanerSettingsQuery);

  return (
    <>
      <StepList id={keeper.id} kind={kind} now={step} values={values} gates={gates} />
      <main className={styles.body}>
        <Clashes />
        <div className={styles.main} key={step}>
          {step === 'who' ? <Who /> : null}
          {step === 'listen' ? <Listen onNext={onNext} /> : null}
          {step === 'device' ? <DeviceStep /> : null}
          {step === 'decide' ? <Decide onNext={onNext} /> : null}
          {step === 'keep' ? <Keep storeId={intake?.storeId ?? ''} onNext={onNext} /> : null}
          {step === 'take' ? <Take storeName={storeName} /> : null}
          {step === 'back' ? <Back /> : null}
          {step === 'loaner' ? <LoanerBack /> : null}
          {step === 'sign' ? <Sign storeName={storeName} problem={problem} /> : null}
          {step === 'who' ? <Abandon /> : null}
        </div>
      </main>
      {/* What they sign is in their language: its words are here before they are needed. */}
      <InLanguage language={language}>{null}</InLanguage>
      <footer className={styles.foot}>
        {before ? (
          <button type="button" className={styles.back} onClick={() => go(before)}>
            <ArrowLeft size={20} aria-hidden /> {t(`counter.step.${before}`)}
          </button>
        ) : (
          <Link to="/visit" className={styles.back}>
            <ArrowLeft size={20} aria-hidden /> {t('counter.board')}
          </Link>
        )}
        <span role="status">{missing > 0 ? t('missing.here', { count: missing }) : null}</span>
        {step === 'sign' ? (
          <button
            type="button"
            className={styles.primary}
            disabled={busy}
            aria-busy={busy}
            onClick={() => void finish()}
          >
            <Check size={20} aria-hidden /> {t(kind === 'pick_up' ? 'finish.pick_up' : 'finish.intake')}
          </button>
        ) : next ? (
          <button type="button" className={styles.primary} onClick={() => go(next)}>
            {t(`counter.step.${next}`)} <ArrowRight size={20} aria-hidden />
          </button>
        ) : null}
      </footer>
    </>
  );
};
