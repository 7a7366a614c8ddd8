import { Button, Menu } from '@mantine/core';
import { Check, ChevronRight, PenLine, Scissors } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { PROBLEM_TRANSITIONS, type AgreementHow, type CaseDetail, type Problem, type ProblemStage } from '#contracts';
import forms from '../app/forms.module.css';
import { useMay } from '../app/session.js';
import { openCaseDialog } from '../case/caseDialogs.js';
import { useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import { changeProblem } from './requests.js';
import { useStoryDeed } from './useStoryDeed.js';
import styles from './Problems.module.css';

const HOWS: AgreementHow[] = ['message', 'phone', 'store'];

interface StatementProps {
  label: string;
  value: string;
  onSave: (statement: string) => Promise<boolean>;
  onClose: () => void;
}

/** One sentence that says what is wrong. */
export const StatementForm = ({ label, value, onSave, onClose }: StatementProps) => {
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

/** Where a problem can go from here; understood asks how the customer agreed. And to whom, when it is somebody else's. */
const StageMenu = ({ problem, detail }: { problem: Problem; detail: CaseDetail }) => {
  const { t } = useWords();
  const { run } = useStoryDeed(detail);
  const { id, statement, stage } = problem;
  const to = (next: ProblemStage, how?: AgreementHow) =>
    void run(() => changeProblem(detail.id, id, { stage: next, ...(how ? { agreement: { how } } : {}) }));
  const nexts = PROBLEM_TRANSITIONS[stage];
  const may = useMay();
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
        {may('customer.merge') ? (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={<Scissors size={16} />}
              onClick={() => openCaseDialog({ name: 'split', problemId: id })}
            >
              {t('split.open')}
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
};

/** One problem: its statement, whether the customer agrees with it, its stage and what can be done with it. */
export const ProblemLine = ({
  problem,
  detail,
  movable,
}: {
  problem: Problem;
  detail: CaseDetail;
  movable: boolean;
}) => {
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
