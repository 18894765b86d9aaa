import { redirect } from 'next/navigation';
import { paths } from '../../../lib/paths.ts';

type Props = { readonly params: Promise<{ lang: string }> };

export default async function AdminPage({ params }: Props) {
  redirect(paths.adminListings((await params).lang));
}
