;; Tone, hue, saturation and opacity of RGBA pixels, four at a time, in single precision: quick and
;; nearly right. A pixel with a channel so near to the border between two levels that the error
;; could matter is named in a list, for the caller to do it exactly: ../edits/quick-recolour.ts.
;;
;; A lane is a pixel, so each v128 is one channel of four neighbours. Nothing branches: a colour is
;; its largest channel minus a part of its chroma, and the part is a piecewise linear function of
;; the hue for each channel (https://en.wikipedia.org/wiki/HSL_and_HSV#HSV_to_RGB_alternative).
;;
;; Memory, in bytes: 0 tone (256 × f32), 1024 pixels, 17408 result, 33792 list (u32).
(module
  (memory (export "memory") 1)

  ;; $end: bytes of the pixels, a multiple of 16.
  ;; $red, $green, $blue: 0 … 6, hue in sextants of these colours after the turn.
  ;; $stretch: factor of the saturation. $lift: 255 × opacity. $kept: 1 − opacity.
  ;; Returns how many pixels the list names.
  (func (export "recolour")
    (param $end i32)
    (param $red f32) (param $green f32) (param $blue f32)
    (param $stretch f32) (param $lift f32) (param $kept f32)
    (result i32)
    (local $at i32) (local $named i32) (local $doubtful i32)
    (local $bytes v128)
    (local $r v128) (local $g v128) (local $b v128)
    (local $max v128) (local $min v128) (local $chroma v128)
    (local $isRed v128) (local $isGreen v128)
    (local $hue v128) (local $k v128) (local $inDoubt v128)
    (local $zero v128) (local $one v128) (local $four v128) (local $six v128)
    (local $half v128) (local $sure v128) (local $integer v128)
    (local $reds v128) (local $greens v128) (local $blues v128)
    (local $stretches v128) (local $lifts v128) (local $keeps v128)

    (local.set $one (f32x4.splat (f32.const 1)))
    (local.set $four (f32x4.splat (f32.const 4)))
    (local.set $six (f32x4.splat (f32.const 6)))
    (local.set $half (f32x4.splat (f32.const 0.5)))
    ;; 0.5 − 1/512: farther than that from the middle of a level is in doubt.
    (local.set $sure (f32x4.splat (f32.const 0.498046875)))
    ;; 2²³: added to a small whole number it leaves the number in the low bits.
    (local.set $integer (f32x4.splat (f32.const 8388608)))
    (local.set $reds (f32x4.splat (local.get $red)))
    (local.set $greens (f32x4.splat (local.get $green)))
    (local.set $blues (f32x4.splat (local.get $blue)))
    (local.set $stretches (f32x4.splat (local.get $stretch)))
    (local.set $lifts (f32x4.splat (local.get $lift)))
    (local.set $keeps (f32x4.splat (local.get $kept)))

    (loop $pixels
      (local.set $r
        (v128.load32_lane 3 (i32.shl (i32.load8_u offset=1036 (local.get $at)) (i32.const 2))
          (v128.load32_lane 2 (i32.shl (i32.load8_u offset=1032 (local.get $at)) (i32.const 2))
            (v128.load32_lane 1 (i32.shl (i32.load8_u offset=1028 (local.get $at)) (i32.const 2))
              (v128.load32_zero
                (i32.shl (i32.load8_u offset=1024 (local.get $at)) (i32.const 2)))))))
      (local.set $g
        (v128.load32_lane 3 (i32.shl (i32.load8_u offset=1037 (local.get $at)) (i32.const 2))
          (v128.load32_lane 2 (i32.shl (i32.load8_u offset=1033 (local.get $at)) (i32.const 2))
            (v128.load32_lane 1 (i32.shl (i32.load8_u offset=1029 (local.get $at)) (i32.const 2))
              (v128.load32_zero
                (i32.shl (i32.load8_u offset=1025 (local.get $at)) (i32.const 2)))))))
      (local.set $b
        (v128.load32_lane 3 (i32.shl (i32.load8_u offset=1038 (local.get $at)) (i32.const 2))
          (v128.load32_lane 2 (i32.shl (i32.load8_u offset=1034 (local.get $at)) (i32.const 2))
            (v128.load32_lane 1 (i32.shl (i32.load8_u offset=1030 (local.get $at)) (i32.const 2))
              (v128.load32_zero
                (i32.shl (i32.load8_u offset=1026 (local.get $at)) (i32.const 2)))))))
      (local.set $bytes (v128.load offset=1024 (local.get $at)))

      (local.set $max
        (f32x4.pmax (local.get $r) (f32x4.pmax (local.get $g) (local.get $b))))
      (local.set $min
        (f32x4.pmin (local.get $r) (f32x4.pmin (local.get $g) (local.get $b))))
      (local.set $chroma (f32x4.sub (local.get $max) (local.get $min)))
      (local.set $isRed
        (v128.and
          (f32x4.ge (local.get $r) (local.get $g))
          (f32x4.ge (local.get $r) (local.get $b))))
      (local.set $isGreen (f32x4.ge (local.get $g) (local.get $b)))
      ;; −1 … 7. Not a number for grey; below, the second operand of pmax is then not taken.
      (local.set $hue
        (f32x4.add
          (v128.bitselect
            (local.get $reds)
            (v128.bitselect (local.get $greens) (local.get $blues) (local.get $isGreen))
            (local.get $isRed))
          (f32x4.div
            (v128.bitselect
              (f32x4.sub (local.get $g) (local.get $b))
              (v128.bitselect
                (f32x4.sub (local.get $b) (local.get $r))
                (f32x4.sub (local.get $r) (local.get $g))
                (local.get $isGreen))
              (local.get $isRed))
            (local.get $chroma))))
      ;; The chroma after saturation, at most the whole of the largest channel.
      (local.set $chroma
        (f32x4.pmin
          (local.get $max)
          (f32x4.mul (local.get $chroma) (local.get $stretches))))

      ;; Each channel: k is the hue seen from it, 0 … 6.
      (local.set $k (f32x4.add (local.get $hue) (v128.const f32x4 5 5 5 5)))
      (local.set $k
        (f32x4.sub
          (local.get $k)
          (v128.and (local.get $six) (f32x4.ge (local.get $k) (local.get $six)))))
      (local.set $r
        (f32x4.sub
          (local.get $max)
          (f32x4.mul
            (local.get $chroma)
            (f32x4.pmin
              (local.get $one)
              (f32x4.pmax
                (local.get $zero)
                (f32x4.pmin (local.get $k) (f32x4.sub (local.get $four) (local.get $k))))))))
      (local.set $k (f32x4.add (local.get $hue) (v128.const f32x4 3 3 3 3)))
      (local.set $k
        (f32x4.sub
          (local.get $k)
          (v128.and (local.get $six) (f32x4.ge (local.get $k) (local.get $six)))))
      (local.set $g
        (f32x4.sub
          (local.get $max)
          (f32x4.mul
            (local.get $chroma)
            (f32x4.pmin
              (local.get $one)
              (f32x4.pmax
                (local.get $zero)
                (f32x4.pmin (local.get $k) (f32x4.sub (local.get $four) (local.get $k))))))))
      (local.set $k (f32x4.add (local.get $hue) (local.get $one)))
      (local.set $k
        (f32x4.sub
          (local.get $k)
          (v128.and (local.get $six) (f32x4.ge (local.get $k) (local.get $six)))))
      (local.set $b
        (f32x4.sub
          (local.get $max)
          (f32x4.mul
            (local.get $chroma)
            (f32x4.pmin
              (local.get $one)
              (f32x4.pmax
                (local.get $zero)
                (f32x4.pmin (local.get $k) (f32x4.sub (local.get $four) (local.get $k))))))))

      ;; Blended, in levels, half a level added: the level is the whole part.
      (local.set $r
        (f32x4.add
          (f32x4.add
            (f32x4.mul (local.get $lifts) (local.get $r))
            (f32x4.mul
              (local.get $keeps)
              (f32x4.convert_i32x4_s
                (v128.and (local.get $bytes) (v128.const i32x4 255 255 255 255)))))
          (local.get $half)))
      (local.set $g
        (f32x4.add
          (f32x4.add
            (f32x4.mul (local.get $lifts) (local.get $g))
            (f32x4.mul
              (local.get $keeps)
              (f32x4.convert_i32x4_s
                (v128.and
                  (i32x4.shr_u (local.get $bytes) (i32.const 8))
                  (v128.const i32x4 255 255 255 255)))))
          (local.get $half)))
      (local.set $b
        (f32x4.add
          (f32x4.add
            (f32x4.mul (local.get $lifts) (local.get $b))
            (f32x4.mul
              (local.get $keeps)
              (f32x4.convert_i32x4_s
                (v128.and
                  (i32x4.shr_u (local.get $bytes) (i32.const 16))
                  (v128.const i32x4 255 255 255 255)))))
          (local.get $half)))

      (local.set $k (f32x4.floor (local.get $r)))
      (local.set $inDoubt
        (f32x4.abs (f32x4.sub (f32x4.sub (local.get $r) (local.get $k)) (local.get $half))))
      (local.set $r (local.get $k))
      (local.set $k (f32x4.floor (local.get $g)))
      (local.set $inDoubt
        (f32x4.pmax
          (local.get $inDoubt)
          (f32x4.abs (f32x4.sub (f32x4.sub (local.get $g) (local.get $k)) (local.get $half)))))
      (local.set $g (local.get $k))
      (local.set $k (f32x4.floor (local.get $b)))
      (local.set $inDoubt
        (f32x4.pmax
          (local.get $inDoubt)
          (f32x4.abs (f32x4.sub (f32x4.sub (local.get $b) (local.get $k)) (local.get $half)))))
      (local.set $b (local.get $k))

      (v128.store offset=17408
        (local.get $at)
        (v128.or
          (v128.or
            (v128.and
              (f32x4.add (local.get $r) (local.get $integer))
              (v128.const i32x4 255 255 255 255))
            (i32x4.shl (f32x4.add (local.get $g) (local.get $integer)) (i32.const 8)))
          (v128.or
            (i32x4.shl (f32x4.add (local.get $b) (local.get $integer)) (i32.const 16))
            (v128.and
              (local.get $bytes)
              (v128.const i32x4 0xff000000 0xff000000 0xff000000 0xff000000)))))

      (local.set $doubtful
        (i32x4.bitmask (f32x4.gt (local.get $inDoubt) (local.get $sure))))
      (block $named
        (br_if $named (i32.eqz (local.get $doubtful)))
        (loop $naming
          (i32.store offset=33792
            (i32.shl (local.get $named) (i32.const 2))
            (i32.add
              (i32.shr_u (local.get $at) (i32.const 2))
              (i32.ctz (local.get $doubtful))))
          (local.set $named (i32.add (local.get $named) (i32.const 1)))
          (local.set $doubtful
            (i32.and (local.get $doubtful) (i32.sub (local.get $doubtful) (i32.const 1))))
          (br_if $naming (local.get $doubtful))))

      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $pixels (i32.lt_u (local.get $at) (local.get $end))))
    (local.get $named)))
