// Encodes a text, prints its ids, decodes them, and shows an error, through JNI: for a JDK before 22.
//
//     javac -h . Encode.java
//     cc -shared -fPIC -I $JAVA_HOME/include -I $JAVA_HOME/include/linux encode.c \
//       $(pkg-config --cflags --libs tok) -o libencode.so
//     java -Djava.library.path=. Encode

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

public final class Encode {
  static {
    System.loadLibrary("encode");
  }

  static native long load(String name);
  static native void free(long tokenizer);
  static native int[] encode(long tokenizer, byte[] text);
  static native byte[] decode(long tokenizer, int... ids);

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    long tokenizer = load("o200k_base");
    int[] ids = encode(tokenizer, "Hello, wörld! 你好".getBytes(StandardCharsets.UTF_8));
    out.println("ids: "
        + Arrays.stream(ids).mapToObj(Integer::toUnsignedString).collect(Collectors.joining(" ")));
    out.println("text: " + new String(decode(tokenizer, ids), StandardCharsets.UTF_8));
    try {
      decode(tokenizer, 4000000); // no token has this id
    } catch (IllegalArgumentException error) {
      out.println(error.getMessage());
    }
    free(tokenizer);
  }
}
