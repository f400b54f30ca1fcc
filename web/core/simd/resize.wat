;; The two passes of a separable filter over RGBA rows, in single precision: quick and nearly right.
;; A pixel that comes out near the border between two levels is named in a list, for the caller to
;; do it exactly: ../raster/quick-resize.ts, which also says what lies where in memory.
;;
;; Between the passes a pixel is a v128: red, green, blue and alpha, f32, 0 … 255.
(module
  (memory (export "memory") 1)

  ;; One weighted sum of rows: from $source, $count rows of $stride bytes (a multiple of 16) with a
  ;; weight (f32) each, to 4 × $stride bytes at $row.
  (func (export "rows")
    (param $source i32) (param $stride i32) (param $count i32) (param $weights i32) (param $row i32)
    (local $x i32) (local $tap i32) (local $from i32)
    (local $bytes v128) (local $weight v128) (local $low v128) (local $high v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (loop $pixels
      (local.set $a (v128.const f32x4 0 0 0 0))
      (local.set $b (local.get $a))
      (local.set $c (local.get $a))
      (local.set $d (local.get $a))
      (local.set $from (i32.add (local.get $source) (local.get $x)))
      (local.set $tap (i32.const 0))
      (loop $taps
        (local.set $bytes (v128.load (local.get $from)))
        (local.set $weight
          (v128.load32_splat
            (i32.add (local.get $weights) (i32.shl (local.get $tap) (i32.const 2)))))
        (local.set $low (i16x8.extend_low_i8x16_u (local.get $bytes)))
        (local.set $high (i16x8.extend_high_i8x16_u (local.get $bytes)))
        (local.set $a
          (f32x4.add
            (local.get $a)
            (f32x4.mul
              (local.get $weight)
              (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $low))))))
        (local.set $b
          (f32x4.add
            (local.get $b)
            (f32x4.mul
              (local.get $weight)
              (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_u (local.get $low))))))
        (local.set $c
          (f32x4.add
            (local.get $c)
            (f32x4.mul
              (local.get $weight)
              (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $high))))))
        (local.set $d
          (f32x4.add
            (local.get $d)
            (f32x4.mul
              (local.get $weight)
              (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_u (local.get $high))))))
        (local.set $from (i32.add (local.get $from) (local.get $stride)))
        (local.set $tap (i32.add (local.get $tap) (i32.const 1)))
        (br_if $taps (i32.lt_u (local.get $tap) (local.get $count))))
      (local.set $from
        (i32.add (local.get $row) (i32.shl (local.get $x) (i32.const 2))))
      (v128.store (local.get $from) (local.get $a))
      (v128.store offset=16 (local.get $from) (local.get $b))
      (v128.store offset=32 (local.get $from) (local.get $c))
      (v128.store offset=48 (local.get $from) (local.get $d))
      (local.set $x (i32.add (local.get $x) (i32.const 16)))
      (br_if $pixels (i32.lt_u (local.get $x) (local.get $stride)))))

  ;; $count pixels to $out, each the weighted sum of neighbours in the row. For each pixel a pair of
  ;; u32 at $taps: where its first neighbour lies, and where its weights end; the weights (f32) of
  ;; all pixels follow each other from $weights on. Farther than $sure (below 0.5) from the middle of
  ;; a level is in doubt. Returns how many pixels the list (u32) names.
  (func (export "columns")
    (param $count i32) (param $taps i32) (param $weights i32) (param $out i32) (param $list i32)
    (param $sure f32) (result i32)
    (local $x i32) (local $from i32) (local $end i32) (local $named i32)
    (local $sum v128) (local $level v128)
    (loop $pixels
      (local.set $sum (v128.const f32x4 0 0 0 0))
      (local.set $from (i32.load (local.get $taps)))
      (local.set $end (i32.load offset=4 (local.get $taps)))
      (loop $neighbours
        (local.set $sum
          (f32x4.add
            (local.get $sum)
            (f32x4.mul
              (v128.load (local.get $from))
              (v128.load32_splat (local.get $weights)))))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (local.set $weights (i32.add (local.get $weights) (i32.const 4)))
        (br_if $neighbours (i32.lt_u (local.get $weights) (local.get $end))))
      (local.set $sum (f32x4.add (local.get $sum) (v128.const f32x4 0.5 0.5 0.5 0.5)))
      (local.set $level (f32x4.floor (local.get $sum)))
      (if
        (v128.any_true
          (f32x4.gt
            (f32x4.abs
              (f32x4.sub
                (f32x4.sub (local.get $sum) (local.get $level))
                (v128.const f32x4 0.5 0.5 0.5 0.5)))
            (f32x4.splat (local.get $sure))))
        (then
          (i32.store
            (i32.add (local.get $list) (i32.shl (local.get $named) (i32.const 2)))
            (local.get $x))
          (local.set $named (i32.add (local.get $named) (i32.const 1)))))
      (local.set $level (i32x4.trunc_sat_f32x4_s (local.get $level)))
      (local.set $level (i16x8.narrow_i32x4_s (local.get $level) (local.get $level)))
      (v128.store32_lane 0
        (i32.add (local.get $out) (i32.shl (local.get $x) (i32.const 2)))
        (i8x16.narrow_i16x8_u (local.get $level) (local.get $level)))
      (local.set $taps (i32.add (local.get $taps) (i32.const 8)))
      (local.set $x (i32.add (local.get $x) (i32.const 1)))
      (br_if $pixels (i32.lt_u (local.get $x) (local.get $count))))
    (local.get $named)))
