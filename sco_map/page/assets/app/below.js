// Made from web/ by make web; sources 19d76859f8308f88f6535e3f33d1a58a49654e84a08b50f6d92f87cc661be23a
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
