import { useState } from 'react';
import { ConsentHow, DataCategory, DataResult, type CaseDetail, type DataRecovery, type RepairOrder } from '#contracts';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import { agreeData, changeRepair, tellData } from './repairRequests.js';
import { useRepairDeed } from './useRepairDeed.js';
import styles from './Repairs.module.css';

interface Props {
  order: RepairOrder;
  detail: CaseDetail;
  onClose: () => void;
}

/** What is on the device: first what its owner says, then what became of it. */
export default function DataDialog(props: Props) {
  const { data } = props.order;
  const [again, setAgain] = useState(false);
  return data?.consent && !again ? (
    <Results {...props} data={data} onAgain={() => setAgain(true)} />
  ) : (
    <Consent {...props} />
  );
}

/** The customer says what they want back and whether the device may be wiped. */
const Consent = ({ order, detail, onClose }: Props) => {
  const { t } = useWords();
  const { run, busy, problem } = useRepairDeed(detail);
  const known = order.data;
  const wantedBefore = known?.categories.flatMap(({ category, wanted }) => (wanted ? [category] : []));
  const [wanted, setWanted] = useState<DataCategory[]>(wantedBefore ?? []);
  const [byName, setByName] = useState(known?.consent?.byName ?? detail.customer.displayName);
  const [how, setHow] = useState<ConsentHow | null>(null);
  const [mayErase, setMayErase] = useState(known?.consent?.mayErase ?? false);
  const [erases, setErases] = useState(order.erases);
  const save = async () => {
    if (!how) return;
    const done = await run(async () => {
      if (erases !== order.erases) await changeRepair(order.id, { erases });
      await agreeData(order.id, { byName: byName.trim(), how, categories: wanted, mayErase });
    });
    if (done) onClose();
  };
  return (
    <FormDialog
      title={`${t('repairs.data')}: ${order.device.name}`}
      deed={t('data.agree')}
      {...{ busy, problem, onClose }}
      disabled={how === null || byName.trim() === ''}
      onSubmit={save}
    >
      <fieldset className={forms.field}>
        <legend>{t('data.wanted')}</legend>
        <div className={forms.choices}>
          {DataCategory.options.map((category) => (
            <label key={category}>
              <input
                type="checkbox"
                checked={wanted.includes(category)}
                onChange={(event) =>
                  setWanted(
                    event.currentTarget.checked ? [...wanted, category] : wanted.filter((one) => one !== category),
                  )
                }
              />
              {t(`data.category.${category}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <label className={forms.check}>
        <input type="checkbox" checked={erases} onChange={(event) => setErases(event.currentTarget.checked)} />
        <span>
          {t('data.erases')}
          <small>{t('data.erases.hint')}</small>
        </span>
      </label>
      <label className={forms.check}>
        <input type="checkbox" checked={mayErase} onChange={(event) => setMayErase(event.currentTarget.checked)} />
        <span>{t('data.may_erase')}</span>
      </label>
      <label className={forms.field}>
        <span>{t('data.by_name')}</span>
        <input maxLength={200} value={byName} onChange={(event) => setByName(event.currentTarget.value)} />
      </label>
      <Choices
        legend={t('data.how')}
        name="consent-how"
        value={how}
        choices={ConsentHow.options.map((value) => ({ value, words: t(`data.how.${value}`) }))}
        onChange={setHow}
      />
    </FormDialog>
  );
};

/** A result for each category that is wanted. */
const Results = ({ order, detail, onClose, data, onAgain }: Props & { data: DataRecovery; onAgain: () => void }) => {
  const { t, intl } = useWords();
  const { run, busy, problem } = useRepairDeed(detail);
  const wanted = data.categories.filter((item) => item.wanted);
  const [results, setResults] = useState<Partial<Record<DataCategory, DataResult>>>(
    Object.fromEntries(wanted.flatMap(({ category, result }) => (result ? [[category, result]] : []))),
  );
  const done = data.state === 'done';
  const save = async () => {
    if (await run(() => tellData(order.id, { results }))) onClose();
  };
  const { consent } = data;
  return (
    <FormDialog
      title={`${t('repairs.data')}: ${order.device.name}`}
      deed={t('data.tell')}
      {...{ busy, problem, onClose }}
      disabled={done || Object.keys(results).length === 0}
      aside={
        done ? null : (
          <button type="button" className={styles.link} onClick={onAgain}>
            {t('data.again')}
          </button>
        )
      }
      onSubmit={save}
    >
      {consent ? (
        <p className={styles.told}>
          {t(consent.mayErase ? 'data.agreed_erase' : 'data.agreed', {
            name: consent.byName,
            moment: moment(intl, consent.at),
          })}{' '}
          {t(`data.how.${consent.how}`)} · {consent.recordedBy.displayName}
        </p>
      ) : null}
      {wanted.length === 0 ? <p>{t('data.nothing')}</p> : null}
      {wanted.map(({ category }) => (
        <label key={category} className={forms.field}>
          <span>{t(`data.category.${category}`)}</span>
          <select
            disabled={done}
            value={results[category] ?? ''}
            onChange={(event) => setResults({ ...results, [category]: event.currentTarget.value as DataResult })}
          >
            <option value="" disabled>
              {t('data.result.none')}
            </option>
            {DataResult.options.map((result) => (
              <option key={result} value={result}>
                {t(`data.result.${result}`)}
              </option>
            ))}
          </select>
        </label>
      ))}
    </FormDialog>
  );
};
