import type { Locale } from '@plaza/kernel';

type Letter = { readonly subject: string; readonly text: string };
type Words = { readonly marketplace: string; readonly name: string; readonly link: string };

/** The mails that signing in itself needs; everything else is told by the notifications service. */
const LETTERS: Readonly<Record<'verify' | 'reset', Readonly<Record<Locale, (words: Words) => Letter>>>> = {
  verify: {
    en: ({ marketplace, name, link }) => ({
      subject: `Confirm your e-mail address for ${marketplace}`,
      text: `Hello ${name},\n\nopen this link to confirm that this address is yours. It is good for one day.\n\n${link}\n\nIf you did not sign up at ${marketplace}, ignore this mail.`,
    }),
    th: ({ marketplace, name, link }) => ({
      subject: `ยืนยันอีเมลของคุณสำหรับ ${marketplace}`,
      text: `สวัสดีคุณ ${name}\n\nกดลิงก์นี้เพื่อยืนยันว่าอีเมลนี้เป็นของคุณ ลิงก์ใช้ได้หนึ่งวัน\n\n${link}\n\nหากคุณไม่ได้สมัครใช้งาน ${marketplace} ไม่ต้องทำอะไร`,
    }),
    es: ({ marketplace, name, link }) => ({
      subject: `Confirma tu correo para ${marketplace}`,
      text: `Hola, ${name}:\n\nabre este enlace para confirmar que este correo es tuyo. Vale un día.\n\n${link}\n\nSi no te registraste en ${marketplace}, ignora este mensaje.`,
    }),
    ja: ({ marketplace, name, link }) => ({
      subject: `${marketplace} メールアドレスの確認`,
      text: `${name} 様\n\n次のリンクを開いて、メールアドレスを確認してください。有効期限は1日です。\n\n${link}\n\n${marketplace} に登録した覚えがない場合は、このメールを無視してください。`,
    }),
  },
  reset: {
    en: ({ marketplace, name, link }) => ({
      subject: `Set a new password for ${marketplace}`,
      text: `Hello ${name},\n\nopen this link to set a new password. It is good for one hour.\n\n${link}\n\nIf you did not ask for it, ignore this mail: your password stays as it is.`,
    }),
    th: ({ marketplace, name, link }) => ({
      subject: `ตั้งรหัสผ่านใหม่สำหรับ ${marketplace}`,
      text: `สวัสดีคุณ ${name}\n\nกดลิงก์นี้เพื่อตั้งรหัสผ่านใหม่ ลิงก์ใช้ได้หนึ่งชั่วโมง\n\n${link}\n\nหากคุณไม่ได้เป็นผู้ขอ ไม่ต้องทำอะไร รหัสผ่านของคุณยังคงเดิม`,
    }),
    es: ({ marketplace, name, link }) => ({
      subject: `Pon una contraseña nueva en ${marketplace}`,
      text: `Hola, ${name}:\n\nabre este enlace para poner una contraseña nueva. Vale una hora.\n\n${link}\n\nSi no lo pediste, ignora este mensaje: tu contraseña sigue igual.`,
    }),
    ja: ({ marketplace, name, link }) => ({
      subject: `${marketplace} パスワードの再設定`,
      text: `${name} 様\n\n次のリンクを開いて、新しいパスワードを設定してください。有効期限は1時間です。\n\n${link}\n\nお心当たりがない場合は、このメールを無視してください。パスワードは変わりません。`,
    }),
  },
};

const CODE_TEXTS: Readonly<Record<Locale, (marketplace: string, code: string) => string>> = {
  en: (marketplace, code) => `${code} is your code for ${marketplace}. Tell it to nobody.`,
  th: (marketplace, code) => `รหัส ${marketplace} ของคุณคือ ${code} ห้ามบอกใคร`,
  es: (marketplace, code) => `${code} es tu código de ${marketplace}. No lo compartas.`,
  ja: (marketplace, code) => `${marketplace} の認証コードは ${code} です。誰にも教えないでください。`,
};

export function letterOf(kind: 'verify' | 'reset', locale: Locale, words: Words): Letter {
  return LETTERS[kind][locale](words);
}

/** The text message that carries a sign-in code. */
export function codeText(locale: Locale, marketplace: string, code: string): string {
  return CODE_TEXTS[locale](marketplace, code);
}
