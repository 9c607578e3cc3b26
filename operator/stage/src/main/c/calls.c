/* The native methods of NativeLibrary.java. */

#include <errno.h>
#include <jni.h>
#include <unistd.h>

#define NATIVE(name) Java_dev_stagewright_stage_linux_NativeLibrary_##name

/* Returns the result, or the negative error number. */
JNIEXPORT jlong JNICALL NATIVE(call)(JNIEnv *env, jclass type, jlong number, jlong a, jlong b,
                                     jlong c, jlong d, jlong e) {
  (void)env;
  (void)type;
  long result = syscall(number, a, b, c, d, e, 0L);
  return result == -1 ? -errno : result;
}

JNIEXPORT jlong JNICALL NATIVE(address)(JNIEnv *env, jclass type, jobject buffer) {
  (void)type;
  return (jlong)(*env)->GetDirectBufferAddress(env, buffer);
}

JNIEXPORT jobject JNICALL NATIVE(memory)(JNIEnv *env, jclass type, jlong address, jlong size) {
  (void)type;
  return (*env)->NewDirectByteBuffer(env, (void *)address, size);
}
