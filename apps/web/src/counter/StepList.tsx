import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import type { IntakeGate, IntakeKind, IntakeStep, IntakeValues } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { stepsOf, stepState } from './steps.rules.js';
import styles from './Counter.module.css';

interface Props {
  id: string;
  kind: IntakeKind;
  now: IntakeStep;
  values: IntakeValues;
  gates: readonly IntakeGate[];
}

/** The steps, each of them reachable at any time; what is done says so. */
export const StepList = ({ id, kind, now, values, gates }: Props) => {
  const { t } = useWords();
  return (
    <nav aria-label={t('counter.steps')}>
      <ol className={styles.steps}>
        {stepsOf(kind).map((step) => {
          const state = stepState(step, now, { values, gates });
          return (
            <li key={step} data-state={state}>
              <Link
                to="/visit/$id"
                params={{ id }}
                search={{ step }}
                replace
                aria-current={state === 'now' ? 'step' : undefined}
              >
                <span className={styles.knot} aria-hidden>
                  {state === 'done' ? <Check size={10} strokeWidth={4} /> : null}
                </span>
                <span className={styles.step}>{t(`counter.step.${step}`)}</span>
                {state === 'done' ? <span className="visually-hidden">, {t('counter.step_done')}</span> : null}
              </Link>
            </li>
          );
        })}
      </ol>
    </nav>
  );
};
