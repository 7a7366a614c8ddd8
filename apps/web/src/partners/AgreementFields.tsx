import { PartnerKind } from '#contracts';
import { Choices } from '../app/Choices.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { usePolicyWords } from '../policies/policyWords.js';
import { LadderFields } from './LadderFields.js';
import { TextField } from './TextField.js';
import { TARGETS, URGENCIES } from './partner.rules.js';
import type { PartProps } from './parts.js';
import styles from './Partners.module.css';

/** By what all its minutes count. */
const CalendarField = ({ draft, change }: PartProps) => {
  const { t } = useWords();
  const { calendars, calendarText } = usePolicyWords();
  return (
    <label className={forms.field}>
      <span>{t('partner.calendar')}</span>
      <select value={draft.calendar} onChange={({ currentTarget: { value } }) => change({ calendar: value })}>
        {['house', 'always', ...calendars.map(({ id }) => id)].map((each) => (
          <option key={each} value={each}>
            {calendarText(each)}
          </option>
        ))}
      </select>
      <small>{t('partner.calendar.lead')}</small>
    </label>
  );
};

const Targets = ({ draft, change }: PartProps) => {
  const { t } = useWords();
  return (
    <section className={styles.part}>
      <h3>{t('partner.targets')}</h3>
      <p>{t('partner.targets.lead')}</p>
      <div className={styles.scroll}>
        <table className={styles.targets}>
          <thead>
            <tr>
              <th scope="col">{t('partner.targets.priority')}</th>
              {TARGETS.map((target) => (
                <th key={target} scope="col">
                  {t(`partner.target.${target}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {URGENCIES.map((priority) => (
              <tr key={priority}>
                <th scope="row">{t(`priority.${priority}`)}</th>
                {TARGETS.map((target) => (
                  <td key={target} className={forms.field}>
                    <input
                      aria-label={`${t(`priority.${priority}`)}: ${t(`partner.target.${target}`)}`}
                      placeholder="—"
                      value={draft.targets[priority][target]}
                      onChange={({ currentTarget: { value } }) => {
                        const row = { ...draft.targets[priority], [target]: value };
                        change({ targets: { ...draft.targets, [priority]: row } });
                      }}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};

/** Who they are, what was agreed, how long they may take, and who is written to when they do not answer. */
export const AgreementFields = (props: PartProps) => {
  const { draft, change } = props;
  const { t } = useWords();
  return (
    <>
      <div className={forms.two}>
        <TextField label={t('partner.name')} value={draft.name} onChange={(name) => change({ name })} />
        <TextField
          label={t('partner.time_zone')}
          value={draft.timeZone}
          onChange={(timeZone) => change({ timeZone })}
        />
      </div>
      <Choices
        legend={t('partner.kind')}
        name={`kind-${props.partner.id}`}
        value={draft.kind}
        choices={PartnerKind.options.map((value) => ({ value, words: t(`partner.kind.${value}`) }))}
        onChange={(kind) => change({ kind })}
      />
      <Choices
        legend={t('partner.language')}
        name={`language-${props.partner.id}`}
        value={draft.language}
        choices={(['es', 'en'] as const).map((value) => ({ value, words: t(`partner.language.${value}`) }))}
        onChange={(language) => change({ language })}
      />
      <div className={forms.two}>
        <TextField
          label={t('partner.agreement')}
          value={draft.agreement}
          onChange={(agreement) => change({ agreement })}
        />
        <TextField
          label={t('partner.brands')}
          hint={t('partner.brands.lead')}
          value={draft.brands}
          onChange={(brands) => change({ brands })}
        />
        <TextField
          label={t('partner.discount')}
          value={draft.discount}
          numeric
          onChange={(discount) => change({ discount })}
        />
        <TextField
          label={t('partner.expires')}
          hint={t('partner.expires.lead')}
          value={draft.expires}
          onChange={(expires) => change({ expires })}
        />
        <CalendarField {...props} />
      </div>
      <label className={forms.field}>
        <span>{t('partner.text')}</span>
        <textarea
          rows={3}
          maxLength={5000}
          value={draft.text}
          onChange={({ currentTarget: { value } }) => change({ text: value })}
        />
      </label>
      <Targets {...props} />
      <LadderFields {...props} />
      <label className={forms.check}>
        <input
          type="checkbox"
          checked={draft.active}
          onChange={({ currentTarget: { checked } }) => change({ active: checked })}
        />
        <span>
          {t('partner.active')}
          <small>{t('partner.active.lead')}</small>
        </span>
      </label>
    </>
  );
};
