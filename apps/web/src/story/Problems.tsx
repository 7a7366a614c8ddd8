import { Button, Menu } from '@mantine/core';
import { Check, ChevronRight, PenLine, Plus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import {
  IMPACT_TRANSITIONS,
  PROBLEM_TRANSITIONS,
  type AgreementHow,
  type CaseDetail,
  type Impact,
  type Problem,
  type ProblemStage,
} from '#contracts';
import forms from '../app/forms.module.css';
import { useMay } from '../app/session.js';
import { IMPACT_KINDS } from '../app/vocabulary.js';
import { isOver } from '../case/stage.rules.js';
import { useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import { ImpactGlyph } from '../inbox/ImpactGlyph.js';
import { addProblem, changeProblem, moveImpact, reportImpact } from './requests.js';
import { useStoryDeed } from './useStoryDeed.js';
import styles from './Problems.module.css';

const HOWS: AgreementHow[] = ['message', 'phone', 'store'];

interface StatementProps {
  label: string;
  value: string;
  onSave: (statement: string) => Promise<boolean>;
  onClose: () => void;
}

const StatementForm = ({ label, value, onSave, onClose }: StatementProps) => {
  const { t } = useWords();
  const [statement, setStatement] = useState(value);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (statement.trim() !== '' && (await onSave(statement.trim()))) onClose();
  };
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)}>
      <label className={forms.field}>
        <span>{label}</span>
        <input
          autoFocus
          maxLength={200}
          value={statement}
          onChange={(event) => setStatement(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose();
          }}
        />
      </label>
      <div className={forms.deeds}>
        <Button size="xs" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button size="xs" variant="filled" type="submit">
          {t('problems.save')}
        </Button>
      </div>
    </form>
  );
};

/** Where a problem can go from here; understood asks how the customer agreed. */
const StageMenu = ({ problem, detail }: { problem: Problem; detail: CaseDetail }) => {
  const { t } = useWords();
  const { run } = useStoryDeed(detail);
  const { id, statement, stage } = problem;
  const to = (next: ProblemStage, how?: AgreementHow) =>
    void run(() => changeProblem(detail.id, id, { stage: next, ...(how ? { agreement: { how } } : {}) }));
  const nexts = PROBLEM_TRANSITIONS[stage];
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <button
          type="button"
          className={styles.stage}
          data-stage={stage}
          aria-label={`${t('stage.label')}: ${t(`stage.${stage}`)}, ${statement}`}
        >
          {t(`stage.${stage}`)} <ChevronRight size={12} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {nexts.includes('understood') ? (
          <>
            <Menu.Label>
              {t('stage.understood')}: {t('problems.understood')}
            </Menu.Label>
            {HOWS.map((how) => (
              <Menu.Item key={how} leftSection={<Check size={16} />} onClick={() => to('understood', how)}>
                {t(`agreed.${how}`)}
              </Menu.Item>
            ))}
            <Menu.Divider />
          </>
        ) : null}
        {nexts
          .filter((next) => next !== 'understood' && next !== 'closed')
          .map((next) => (
            <Menu.Item key={next} onClick={() => to(next)}>
              {t(`stage.${next}`)}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
};

const ProblemLine = ({ problem, detail, movable }: { problem: Problem; detail: CaseDetail; movable: boolean }) => {
  const { t, intl } = useWords();
  const { run } = useStoryDeed(detail);
  const [correcting, setCorrecting] = useState(false);
  const { agreed, statement, stage } = problem;
  if (correcting)
    return (
      <li>
        <StatementForm
          label={t('problems.statement')}
          value={statement}
          onSave={(to) => run(() => changeProblem(detail.id, problem.id, { statement: to }))}
          onClose={() => setCorrecting(false)}
        />
      </li>
    );
  return (
    <li className={styles.problem}>
      <span className={styles.statement}>
        {statement}
        {agreed ? (
          <small>
            {t('problems.agreed', { name: agreed.by, how: t(`agreed.${agreed.how}`), moment: moment(intl, agreed.at) })}
          </small>
        ) : null}
      </span>
      {movable ? (
        <>
          <button
            type="button"
            className={styles.tool}
            aria-label={`${t('problems.correct')}: ${statement}`}
            onClick={() => setCorrecting(true)}
          >
            <PenLine size={14} aria-hidden />
          </button>
          <StageMenu problem={problem} detail={detail} />
        </>
      ) : (
        <span className={styles.stage} data-stage={stage}>
          {t(`stage.${stage}`)}
        </span>
      )}
    </li>
  );
};

const ImpactLine = ({ impact, detail, movable }: { impact: Impact; detail: CaseDetail; movable: boolean }) => {
  const { t } = useWords();
  const { run } = useStoryDeed(detail);
  const kind = t(`impact.${impact.kind}`);
  const state = t(`impacts.state.${impact.state}`);
  return (
    <li className={styles.impact} data-state={impact.state}>
      {impact.state === 'restored' ? <Check size={14} aria-hidden /> : <ImpactGlyph kind={impact.kind} />}
      <span className={styles.statement}>
        {kind}
        {impact.part ? ` (${t(`impacts.part.${impact.part}`)})` : null}
      </span>
      {movable ? (
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <button type="button" className={styles.stage} aria-label={t('impacts.move', { kind, state })}>
              {state} <ChevronRight size={12} aria-hidden />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {IMPACT_TRANSITIONS[impact.state].map((to) => (
              <Menu.Item key={to} onClick={() => void run(() => moveImpact(detail.id, impact.id, to))}>
                {t(`impacts.to.${to}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <span className={styles.stage}>{state}</span>
      )}
    </li>
  );
};

/** The problems of a case and what the customer lacks by them, each moved on by one click. */
export const Problems = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  const may = useMay();
  const { run } = useStoryDeed(detail);
  const [adding, setAdding] = useState(false);
  const movable = may('case.change_status') && !isOver(detail.status);
  const known = new Set(detail.impacts.filter(({ state }) => state !== 'restored').map(({ kind }) => kind));
  const missing = IMPACT_KINDS.filter((kind) => !known.has(kind));
  return (
    <section aria-labelledby="problems">
      <h3 id="problems" className={styles.head}>
        {t('problems.title')}
        {movable ? (
          <button type="button" className={styles.tool} aria-label={t('problems.add')} onClick={() => setAdding(true)}>
            <Plus size={14} aria-hidden />
          </button>
        ) : null}
      </h3>
      {detail.problems.length === 0 && !adding ? <p className={styles.none}>{t('problems.none')}</p> : null}
      <ul>
        {detail.problems.map((problem) => (
          <ProblemLine key={problem.id} problem={problem} detail={detail} movable={movable} />
        ))}
      </ul>
      {adding ? (
        <StatementForm
          label={t('problems.statement')}
          value=""
          onSave={(statement) => run(() => addProblem(detail.id, statement))}
          onClose={() => setAdding(false)}
        />
      ) : null}
      <ul className={styles.impacts} aria-label={t('impact.title')}>
        {detail.impacts.map((impact) => (
          <ImpactLine key={impact.id} impact={impact} detail={detail} movable={movable} />
        ))}
      </ul>
      {movable && missing.length > 0 ? (
        <Menu position="bottom-start" width={200}>
          <Menu.Target>
            <button type="button" className={styles.add}>
              <Plus size={14} aria-hidden /> {t('impacts.add')}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {missing.map((kind) => (
              <Menu.Item
                key={kind}
                leftSection={<ImpactGlyph kind={kind} />}
                onClick={() => void run(() => reportImpact(detail.id, { kind }))}
              >
                {t(`impact.${kind}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </section>
  );
};
