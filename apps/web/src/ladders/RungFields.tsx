import { useQuery } from '@tanstack/react-query';
import { ClockMetric, Priority, RungAudience, type Rung, type RungWhen } from '#contracts';
import { peopleQuery } from '../api/queries.js';
import forms from '../app/forms.module.css';
import { queuesQuery } from '../dashboard/dashboardRequests.js';
import { useWords } from '../i18n/Words.js';
import styles from './Ladders.module.css';

interface Props {
  rung: Rung;
  onChange: (rung: Rung) => void;
}

const KINDS = ['share', 'breach', 'elapsed', 'unacknowledged'] as const;
type Kind = (typeof KINDS)[number];

const kindOf = (when: RungWhen): Kind => {
  if ('share' in when) return 'share';
  if ('elapsedMinutes' in when) return 'elapsed';
  return 'unacknowledged' in when ? 'unacknowledged' : 'breach';
};
const FIRST: Record<Kind, RungWhen> = {
  share: { share: 0.75 },
  breach: { afterBreachMinutes: 0 },
  elapsed: { elapsedMinutes: 1440 },
  unacknowledged: { unacknowledged: true },
};

/** The number of its moment: per cent of a share, minutes otherwise. */
const numberOf = (when: RungWhen): number | null => {
  if ('share' in when) return Math.round(when.share * 100);
  if ('elapsedMinutes' in when) return when.elapsedMinutes;
  return 'unacknowledged' in when ? null : when.afterBreachMinutes;
};
const withNumber = (when: RungWhen, typed: number): RungWhen => {
  if ('share' in when) return { share: Math.min(100, Math.max(5, typed)) / 100 };
  if ('elapsedMinutes' in when) return { elapsedMinutes: Math.max(1, typed) };
  return 'unacknowledged' in when ? when : { afterBreachMinutes: Math.max(0, typed) };
};

const When = ({ rung, onChange }: Props) => {
  const { t } = useWords();
  const kind = kindOf(rung.when);
  const number = numberOf(rung.when);
  return (
    <div className={forms.two}>
      <label className={forms.field}>
        <span>{t('ladder.when')}</span>
        <select
          value={kind}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...rung, when: FIRST[KINDS.find((each) => each === value) ?? 'share'] })
          }
        >
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {t(`ladder.kind.${each}`)}
            </option>
          ))}
        </select>
      </label>
      {number === null ? null : (
        <label className={forms.field}>
          <span>{t(kind === 'share' ? 'ladder.per_cent' : 'ladder.minutes')}</span>
          <input
            type="number"
            min={kind === 'share' ? 5 : 0}
            max={kind === 'share' ? 100 : 86_400}
            value={number}
            onChange={({ currentTarget: { valueAsNumber } }) =>
              Number.isNaN(valueAsNumber) ||
              onChange({ ...rung, when: withNumber(rung.when, Math.round(valueAsNumber)) })
            }
          />
        </label>
      )}
    </div>
  );
};

interface TicksProps<T extends string> {
  legend: string;
  all: readonly T[];
  chosen: readonly string[];
  words: (each: T) => string;
  onChange: (each: T, isChosen: boolean) => void;
}

const Ticks = <T extends string>({ legend, all, chosen, words, onChange }: TicksProps<T>) => (
  <fieldset className={forms.field}>
    <legend>{legend}</legend>
    <div className={styles.ticks}>
      {all.map((each) => (
        <label key={each}>
          <input
            type="checkbox"
            checked={chosen.includes(each)}
            onChange={({ currentTarget: { checked } }) => onChange(each, checked)}
          />
          {words(each)}
        </label>
      ))}
    </div>
  </fieldset>
);

const toggled = <T extends string>(list: readonly T[], each: T, isIn: boolean): T[] =>
  isIn ? [...list, each] : list.filter((other) => other !== each);

/** What happens to the case: who has it, where it goes, how urgent it is, and how soon somebody has to say they have seen it. */
const Does = ({ rung, onChange }: Props) => {
  const { t } = useWords();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const queues = useQuery(queuesQuery).data?.items ?? [];
  return (
    <div className={forms.two}>
      <label className={forms.field}>
        <span>{t('ladder.accountable')}</span>
        <select
          value={rung.accountable ?? ''}
          onChange={({ currentTarget: { value } }) => onChange({ ...rung, accountable: value || null })}
        >
          <option value="">{t('ladder.accountable.none')}</option>
          <option value="supervisor">{t('ladder.accountable.supervisor')}</option>
          {people.map(({ id, displayName }) => (
            <option key={id} value={id}>
              {displayName}
            </option>
          ))}
        </select>
      </label>
      <label className={forms.field}>
        <span>{t('ladder.queue')}</span>
        <select
          value={rung.queueId ?? ''}
          onChange={({ currentTarget: { value } }) => onChange({ ...rung, queueId: value || null })}
        >
          <option value="">{t('ladder.unchanged')}</option>
          {queues.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className={forms.field}>
        <span>{t('ladder.priority')}</span>
        <select
          value={rung.priority ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...rung, priority: Priority.options.find((each) => each === value) ?? null })
          }
        >
          <option value="">{t('ladder.unchanged')}</option>
          {Priority.options.map((each) => (
            <option key={each} value={each}>
              {t(`priority.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label className={forms.field}>
        <span>{t('ladder.acknowledge')}</span>
        <input
          type="number"
          min={0}
          max={86_400}
          placeholder={t('ladder.acknowledge.none')}
          value={rung.acknowledgeMinutes ?? ''}
          onChange={({ currentTarget: { valueAsNumber } }) =>
            onChange({ ...rung, acknowledgeMinutes: valueAsNumber > 0 ? Math.round(valueAsNumber) : null })
          }
        />
      </label>
    </div>
  );
};

/** One rung, as it is edited. */
export const RungFields = (props: Props) => {
  const { t } = useWords();
  const { rung, onChange } = props;
  return (
    <>
      <When {...props} />
      <Ticks
        legend={t('ladder.metrics')}
        all={ClockMetric.options}
        chosen={rung.metrics}
        words={(metric) => t(`clock.${metric}`)}
        onChange={(metric, isIn) => onChange({ ...rung, metrics: toggled(rung.metrics, metric, isIn) })}
      />
      <Ticks
        legend={t('ladder.tell')}
        all={RungAudience.options}
        chosen={rung.tell}
        words={(audience) => t(`ladder.tell.${audience}`)}
        onChange={(audience, isIn) => onChange({ ...rung, tell: toggled<string>(rung.tell, audience, isIn) })}
      />
      <Does {...props} />
    </>
  );
};
