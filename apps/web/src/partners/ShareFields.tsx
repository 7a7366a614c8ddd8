import { Eye, EyeOff } from 'lucide-react';
import { SHARE_FIELD_WORDS, ShareField, type ShareRule } from '#contracts';
import forms from '../app/forms.module.css';
import { useLanguage, useWords } from '../i18n/Words.js';
import { withShare } from './partner.rules.js';
import type { PartProps } from './parts.js';
import styles from './Partners.module.css';
import { TextField } from './TextField.js';

const Rule = ({ rule, onChange }: { rule: ShareRule; onChange: (rule: ShareRule) => void }) => {
  const { t } = useWords();
  const set = (part: Partial<ShareRule['purpose']>) => onChange({ ...rule, purpose: { ...rule.purpose, ...part } });
  return (
    <div className={forms.two}>
      <TextField label={t('partner.purpose.es')} value={rule.purpose.es} onChange={(es) => set({ es })} />
      <TextField label={t('partner.purpose.en')} value={rule.purpose.en} onChange={(en) => set({ en })} />
    </div>
  );
};

/** What they are told of a case, and what for. All else stays here, also where somebody wrote it into a text. */
export const ShareFields = ({ draft, change }: PartProps) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { share } = draft;
  const told = ShareField.options.filter((field) => share.some((rule) => rule.field === field));
  const names = told.map((field) => SHARE_FIELD_WORDS[field][language]).join(', ');
  return (
    <>
      <p className={styles.seen} role="status">
        {told.length > 0 ? <Eye size={16} aria-hidden /> : <EyeOff size={16} aria-hidden />}
        <span>{told.length > 0 ? t('partner.sees', { list: names }) : t('partner.sees.nothing')}</span>
      </p>
      <ul className={styles.shares} aria-label={t('partner.tab.shared')}>
        {ShareField.options.map((field) => {
          const rule = share.find((each) => each.field === field);
          return (
            <li key={field} data-told={rule ? true : undefined}>
              <label className={forms.check}>
                <input
                  type="checkbox"
                  checked={rule !== undefined}
                  onChange={({ currentTarget: { checked } }) => change({ share: withShare(share, field, checked) })}
                />
                <span>{SHARE_FIELD_WORDS[field][language]}</span>
              </label>
              {rule ? (
                <Rule
                  rule={rule}
                  onChange={(changed) =>
                    change({ share: share.map((each) => (each.field === field ? changed : each)) })
                  }
                />
              ) : null}
            </li>
          );
        })}
      </ul>
      <TextField
        label={t('partner.retention')}
        hint={t('partner.retention.lead')}
        numeric
        value={draft.retention}
        onChange={(retention) => change({ retention })}
      />
    </>
  );
};
