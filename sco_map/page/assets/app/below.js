// Made from web/ by make web; sources 26833c2a068c633bc4b31217a067dcad5ecc4bbb452653ecde37c4dae6fd47ce
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
