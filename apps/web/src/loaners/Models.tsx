import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LoanerModel, LoanerModelBody, LoanerOs, LoanerSim } from '#contracts';
import { newKey } from '../api/requests.js';
import { Choices } from '../app/Choices.js';
import { Form } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { addModel, changeModel, modelsQuery } from './loanerRequests.js';
import { nameOf } from './loanWords.js';
import { useLoanDeed } from './useLoanDeed.js';
import styles from './Board.module.css';

const SYSTEMS: readonly LoanerOs[] = ['android', 'ios', 'other'];
const SIMS: readonly LoanerSim[] = ['nano', 'esim'];

const NewModel = () => {
  const { t } = useWords();
  const { run, busy, problem } = useLoanDeed();
  const [key, setKey] = useState(newKey);
  const [model, setModel] = useState<LoanerModelBody>({ brand: '', name: '', os: 'android', sims: ['nano', 'esim'] });
  const add = async () => {
    if (!(await run(() => addModel(model, key)))) return;
    setKey(newKey());
    setModel({ ...model, name: '' });
  };
  return (
    <section className={styles.aside}>
      <h2>{t('loaners.models.new')}</h2>
      <Form
        deed={t('loaners.models.add')}
        busy={busy}
        problem={problem}
        disabled={model.brand.trim() === '' || model.name.trim() === '' || model.sims.length === 0}
        onSubmit={add}
      >
        <div className={forms.two}>
          <label className={forms.field}>
            <span>{t('loaner.brand')}</span>
            <input
              value={model.brand}
              maxLength={60}
              onChange={({ currentTarget }) => setModel({ ...model, brand: currentTarget.value })}
            />
          </label>
          <label className={forms.field}>
            <span>{t('loaner.model')}</span>
            <input
              value={model.name}
              maxLength={80}
              onChange={({ currentTarget }) => setModel({ ...model, name: currentTarget.value })}
            />
          </label>
        </div>
        <Choices
          legend={t('loan.wish.os')}
          name="os"
          value={model.os}
          choices={SYSTEMS.map((value) => ({ value, words: t(`loaner.os.${value}`) }))}
          onChange={(os) => setModel({ ...model, os })}
        />
        <fieldset className={forms.field}>
          <legend>{t('loan.wish.sim')}</legend>
          <div className={forms.choices}>
            {SIMS.map((sim) => (
              <label key={sim}>
                <input
                  type="checkbox"
                  checked={model.sims.includes(sim)}
                  onChange={({ currentTarget: { checked } }) =>
                    setModel({
                      ...model,
                      sims: SIMS.filter((each) => (each === sim ? checked : model.sims.includes(each))),
                    })
                  }
                />
                {t(`loaner.sim.${sim}`)}
              </label>
            ))}
          </div>
        </fieldset>
      </Form>
    </section>
  );
};

const Row = ({ model }: { model: LoanerModel }) => {
  const { t } = useWords();
  const { run, busy } = useLoanDeed();
  return (
    <li className={styles.row} data-retired={model.retired || undefined}>
      <b>{nameOf(model)}</b>
      <small>
        {t(`loaner.os.${model.os}`)} · {model.sims.map((sim) => t(`loaner.sim.${sim}`)).join(' + ')} ·{' '}
        {t('loaners.models.count', { count: model.loaners })}
      </small>
      <Button
        size="xs"
        loading={busy}
        onClick={() => void run(() => changeModel(model.id, { retired: !model.retired }), false)}
      >
        {t(model.retired ? 'loaners.models.bring_back' : 'loaners.models.retire')}
      </Button>
    </li>
  );
};

/** The models there are to lend. */
export const Models = () => {
  const { t } = useWords();
  const { data, isError, error, refetch } = useQuery(modelsQuery);
  if (isError) return <Trouble what={t('loaners.models')} error={error} onRetry={() => void refetch()} />;
  return (
    <div className={styles.two}>
      <ul className={styles.rows}>
        {data?.items.map((model) => (
          <Row key={model.id} model={model} />
        ))}
      </ul>
      <NewModel />
    </div>
  );
};
