import { FieldError, Input, Label, Text, TextField, type TextFieldProps } from 'react-aria-components';
import styles from './field.module.css';

export interface FieldProps extends Omit<TextFieldProps, 'className' | 'children' | 'style'> {
  label: string;
  hint?: string;
  /** What is wrong with the value, where something is. */
  error?: string | undefined;
  placeholder?: string;
  /** Keys and paths: of a fixed width, and no spelling. */
  isCode?: boolean;
}

/** A line of text with its label, a hint, and what is wrong with it. */
export function Field({ label, hint, error, placeholder, isCode = false, ...props }: FieldProps) {
  return (
    <TextField {...props} isInvalid={error !== undefined} className={styles.field!}>
      <Label className={styles.label!}>{label}</Label>
      <Input
        className={`${styles.input} ${isCode ? styles.code : ''}`}
        placeholder={placeholder}
        spellCheck={isCode ? false : undefined}
      />
      {hint && error === undefined && (
        <Text slot="description" className={styles.hint!}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error!}>{error}</FieldError>
    </TextField>
  );
}
