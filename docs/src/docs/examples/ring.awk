# Says in short what "perf script" tells of a ring: each entering, each entry taken, each completion.
# The operation, generation and slot are read from user_data as tinygate.iouring.UserData packs it.

BEGIN { split("WAKE_UP ACCEPT CONNECT RECEIVE HANG_UP SEND CANCEL CLOSE REGISTER CHECK", names) }

# The value that follows a word of the line, without its comma.
function after(word,    at) {
    at = index($0, word " ")
    split(substr($0, at + length(word) + 1), rest, /[, ]/)
    return rest[1]
}

# A hexadecimal number without leading zeroes.
function short(hex) {
    sub(/^0+/, "", hex)
    return hex == "" ? "0" : hex
}

function who(    hex) {
    hex = substr(after("user_data"), 3)
    while (length(hex) < 16) {
        hex = "0" hex
    }
    return sprintf("%-8s slot %s, generation %s", names[substr(hex, 2, 1) + 1],
            short(substr(hex, 9)), short(substr(hex, 3, 6)))
}

/io_uring_enter:/ {
    print "io_uring_enter: submit " substr(after("to_submit:"), 10) + 0
}

/io_uring_submit_req:/ {
    print "  taken   " who()
}

/io_uring_complete:/ {
    flags = after("cflags")
    more = flags ~ /[2367]$/ ? ", goes on" : ""
    buffer = flags ~ /[1357]$/ ? ", buffer 0x" substr(flags, 3, length(flags) - 6) : ""
    print "  result  " who() ": " after("result") buffer more
}
