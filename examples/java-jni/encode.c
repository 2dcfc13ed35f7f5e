/* What Encode.java declares as native. */
#include "Encode.h"
#include <stdio.h>
#include <stdlib.h>
#include <tok.h>

/* Throws what went wrong, and frees it. */
static void *failed(JNIEnv *env, tok_status status, tok_error *details) {
  char text[512];
  const char *message = tok_error_message(details);
  snprintf(text, sizeof text, "error %d: %s", (int)status,
           message ? message : tok_status_message(status));
  tok_error_free(details);
  (*env)->ThrowNew(env, (*env)->FindClass(env, "java/lang/IllegalArgumentException"), text);
  return NULL;
}

JNIEXPORT jlong JNICALL Java_Encode_load(JNIEnv *env, jclass class, jstring name) {
  (void)class;
  tok_tokenizer *tokenizer;
  tok_error *details;
  const char *text = (*env)->GetStringUTFChars(env, name, NULL);
  if (!text) return 0;
  tok_status status = tok_tokenizer_load_name(text, &tokenizer, &details);
  (*env)->ReleaseStringUTFChars(env, name, text);
  if (status != TOK_OK) failed(env, status, details);
  return (jlong)tokenizer;
}

JNIEXPORT void JNICALL Java_Encode_free(JNIEnv *env, jclass class, jlong tokenizer) {
  (void)env, (void)class;
  tok_tokenizer_free((tok_tokenizer *)tokenizer);
}

JNIEXPORT jintArray JNICALL Java_Encode_encode(JNIEnv *env, jclass class, jlong handle,
                                               jbyteArray text) {
  (void)class;
  const tok_tokenizer *tokenizer = (const tok_tokenizer *)handle;
  size_t length = (size_t)(*env)->GetArrayLength(env, text), count = 0;
  jbyte *bytes = (*env)->GetByteArrayElements(env, text, NULL);
  /* A token of this vocabulary is at least one byte, so there is room for all ids. */
  tok_id *ids = malloc((length + 1) * sizeof *ids);
  jintArray result = NULL;
  if (bytes && ids) {
    tok_error *details;
    tok_status status = tok_encode(tokenizer, (const char *)bytes, length, NULL, NULL, ids, length,
                                   &count, &details);
    if (status != TOK_OK) {
      failed(env, status, details);
    } else if ((result = (*env)->NewIntArray(env, (jsize)count))) {
      (*env)->SetIntArrayRegion(env, result, 0, (jsize)count, (const jint *)ids);
    }
  }
  free(ids);
  if (bytes) (*env)->ReleaseByteArrayElements(env, text, bytes, JNI_ABORT);
  return result;
}

JNIEXPORT jbyteArray JNICALL Java_Encode_decode(JNIEnv *env, jclass class, jlong handle,
                                                jintArray list) {
  (void)class;
  const tok_tokenizer *tokenizer = (const tok_tokenizer *)handle;
  size_t count = (size_t)(*env)->GetArrayLength(env, list), length = 0;
  jint *ids = (*env)->GetIntArrayElements(env, list, NULL);
  if (!ids) return NULL;
  /* Measured first. */
  tok_error *details;
  tok_status status = tok_decode(tokenizer, (const tok_id *)ids, count, false,
                                 TOK_INVALID_UTF8_REPAIR, NULL, 0, &length, &details);
  char *text = NULL;
  if (status == TOK_E_CAPACITY && (text = malloc(length))) {
    tok_error_free(details);
    status = tok_decode(tokenizer, (const tok_id *)ids, count, false, TOK_INVALID_UTF8_REPAIR, text,
                        length, &length, &details);
  }
  jbyteArray result = NULL;
  if (status != TOK_OK) {
    failed(env, status, details);
  } else if ((result = (*env)->NewByteArray(env, (jsize)length))) {
    (*env)->SetByteArrayRegion(env, result, 0, (jsize)length, (const jbyte *)text);
  }
  free(text);
  (*env)->ReleaseIntArrayElements(env, list, ids, JNI_ABORT);
  return result;
}
