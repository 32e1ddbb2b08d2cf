import { Component, type ReactNode } from 'react';
import { useTexts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/notice.tsx';
import { texts } from './texts.ts';

interface Props {
  children: ReactNode;
}

/** Keeps the rest where a page breaks: a fault of ours, or files of a version that is no longer served. */
export class Guard extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error ? <Broken error={this.state.error} /> : this.props.children;
  }
}

function Broken({ error }: { error: Error }) {
  const t = useTexts(texts);
  return (
    <Empty title={t.broken} action={<Button onPress={() => location.reload()}>{t.reload}</Button>}>
      <code>{error.message}</code>
    </Empty>
  );
}
