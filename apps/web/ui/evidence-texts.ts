import type { Translate } from '../lib/messages.ts';

/** The texts of a form for evidence, in a dispute or a claim of a bank. */
export function evidenceTexts(t: Translate) {
  return {
    text: t('dispute.text'),
    files: t('dispute.files'),
    remove: t('edit.remove'),
    add: t('dispute.add'),
    pending: t('form.pending'),
    uploading: t('edit.uploading'),
    failed: t('edit.uploadFailed'),
  };
}
